package io.github.camelgemini.emulator.aimlapi;

import java.math.BigDecimal;

/**
 * The price of an answer.
 *
 * @param credits in the service's own unit
 */
record Price(long credits) {

    /** 120,000 credits are $0.06 in the examples of the OpenAPI documents. */
    private static final int CREDITS_PER_USD = 2_000_000;

    /**
     * The sample of the model page: 178,975 credits for 1K without references. It is divided into the 1,120 tokens of
     * such a picture and a rest, to estimate prices of larger sizes, which are not published.
     */
    private static final int PER_TOKEN = 156;

    private static final int REST = 178_975 - 1_120 * PER_TOKEN;

    /** The sample with two references: 185,093 credits. */
    private static final int PER_REFERENCE = (185_093 - 178_975) / 2;

    static Price of(int pictures, int tokensPerPicture, int references) {
        return new Price(pictures * ((long) tokensPerPicture * PER_TOKEN + REST + (long) references * PER_REFERENCE));
    }

    BigDecimal usd() {
        return BigDecimal.valueOf(credits).divide(BigDecimal.valueOf(CREDITS_PER_USD));
    }
}

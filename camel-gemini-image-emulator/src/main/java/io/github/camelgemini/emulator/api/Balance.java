package io.github.camelgemini.emulator.api;

import java.math.BigDecimal;

/** What there is to be spent, in US dollars. Thread-safe. */
public final class Balance {

    private final BigDecimal atFirst;
    private BigDecimal left;

    /** A balance that begins with so much. */
    public Balance(BigDecimal usd) {
        this.atFirst = usd;
        this.left = usd;
    }

    /** What is left. */
    public synchronized BigDecimal left() {
        return left;
    }

    /** Takes a price; false, and nothing is taken, when there is not enough. */
    public synchronized boolean spend(BigDecimal usd) {
        if (left.compareTo(usd) < 0) {
            return false;
        }
        left = left.subtract(usd);
        return true;
    }

    /** Gives back what was taken for something that failed. */
    public synchronized void refund(BigDecimal usd) {
        left = left.add(usd);
    }

    /** Begins again. */
    public synchronized void fill() {
        left = atFirst;
    }
}

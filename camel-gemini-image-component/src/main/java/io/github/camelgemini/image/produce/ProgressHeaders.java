package io.github.camelgemini.image.produce;

/** Names of the headers of messages that tell of progress. Described in {@code GeminiImageHeaders}, for users. */
public final class ProgressHeaders {

    public static final String PROGRESS = "CamelGeminiImageProgress";
    public static final String PROGRESS_EXCHANGE_ID = "CamelGeminiImageProgressExchangeId";
    public static final String PROGRESS_BYTES = "CamelGeminiImageProgressBytes";

    public static final String PROGRESS_PERCENT = "CamelGeminiImageProgressPercent";

    private ProgressHeaders() {}
}

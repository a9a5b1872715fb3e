package io.github.camelgemini.image.produce;

/** The names of headers in progress events. {@code GeminiImageHeaders} describes them for users. */
public final class ProgressHeaders {

    public static final String PROGRESS = "CamelGeminiImageProgress";
    public static final String PROGRESS_EXCHANGE_ID = "CamelGeminiImageProgressExchangeId";
    public static final String PROGRESS_BYTES = "CamelGeminiImageProgressBytes";

    public static final String PROGRESS_PERCENT = "CamelGeminiImageProgressPercent";

    private ProgressHeaders() {}
}

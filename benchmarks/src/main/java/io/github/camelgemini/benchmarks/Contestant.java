package io.github.camelgemini.benchmarks;

/** The compared clients: this component, its alternatives, and the theoretical limit. */
public enum Contestant {
    COMPONENT("a", "gemini-image, file", ComponentRoute::open),
    COMPONENT_TUNED("a′", "the same, file with bufferSize=16384", ComponentRoute::openTuned),
    COMPONENT_ALONE("a″", "gemini-image alone", ComponentRoute::openAlone),
    SDK("b", "Google SDK", SdkRoute::open),
    SDK_ASYNC("b′", "Google SDK, asynchronous", SdkRoute::openAsync),
    HTTP("c", "camel-http, Jackson, Base64", HttpRoute::open),
    HTTP_RAISED("c′", "the same, limits raised", HttpRoute::openWithRaisedLimits),
    LANGCHAIN4J("d", "LangChain4j", LangChain4jRoute::open),
    LIMIT("f", "the limit", RawSocket::open);

    private final String letter;
    private final String title;
    private final Opening opening;

    Contestant(String letter, String title, Opening opening) {
        this.letter = letter;
        this.title = title;
        this.opening = opening;
    }

    @FunctionalInterface
    private interface Opening {
        PictureClient open(Setting setting) throws Exception;
    }

    String letter() {
        return letter;
    }

    String title() {
        return title;
    }

    PictureClient open(Setting setting) throws Exception {
        return opening.open(setting);
    }

    /** Whether this is an alternative that users would choose. */
    boolean isPeer() {
        return switch (this) {
            case SDK, SDK_ASYNC, HTTP, HTTP_RAISED, LANGCHAIN4J -> true;
            case COMPONENT, COMPONENT_TUNED, COMPONENT_ALONE, LIMIT -> false;
        };
    }

    /** Variants only take part where they differ from the main form. */
    boolean takesPartIn(Workload workload) {
        boolean many = workload == Workload.IN_FLIGHT_256;
        return switch (this) {
            // The default buffer is larger than everything else that the route allocates, for any picture size.
            case COMPONENT_TUNED ->
                workload == Workload.RECEIVE_800_KB || workload == Workload.RECEIVE_20_MB || workload.sustained();
            // Shows how much time camel-file needs, which copies the picture from one file to another.
            case COMPONENT_ALONE -> workload == Workload.RECEIVE_20_MB || workload == Workload.TINY;
            case SDK_ASYNC -> many;
            case HTTP -> !workload.sustained();
            case HTTP_RAISED ->
                many || workload.sustained() || workload.pictureBytes() >= Workload.RECEIVE_20_MB.pictureBytes();
            // It supports one reference image only.
            case LANGCHAIN4J -> workload.references() <= 1;
            default -> true;
        };
    }
}

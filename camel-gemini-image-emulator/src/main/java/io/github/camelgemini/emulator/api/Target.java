package io.github.camelgemini.emulator.api;

/**
 * What a URL asks for.
 *
 * @param operation its name in scripts and logs, such as {@code generateContent}
 * @param model that the URL names; empty when it names none
 * @param draws whether the answer is a picture, with latency
 * @param upload whether the body consists of bytes, not JSON
 */
public record Target(String operation, String model, boolean draws, boolean upload) {

    /** The operation that fetches a picture by the URL in an answer. */
    public static final String PICTURE = "pictures.get";

    /** The same target with this model. */
    public Target with(String otherModel) {
        return new Target(operation, otherModel, draws, upload);
    }
}

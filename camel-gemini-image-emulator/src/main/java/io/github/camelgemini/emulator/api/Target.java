package io.github.camelgemini.emulator.api;

/**
 * What a URL asks for.
 *
 * @param operation by the name that scripts and logs have for it, such as {@code generateContent}
 * @param model that the URL names; empty when it names none
 * @param draws whether the answer is a picture, and so takes its time
 * @param upload whether the body is bytes and no JSON
 */
public record Target(String operation, String model, boolean draws, boolean upload) {

    /** The operation that fetches a picture that an answer had as an address. */
    public static final String PICTURE = "pictures.get";

    /** The same for this model. */
    public Target with(String otherModel) {
        return new Target(operation, otherModel, draws, upload);
    }
}

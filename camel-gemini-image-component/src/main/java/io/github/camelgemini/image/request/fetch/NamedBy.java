package io.github.camelgemini.image.request.fetch;

/** Whose word it is that a picture is at an address. */
public enum NamedBy {
    /** The author of the route: its host may be anywhere. */
    ROUTE(true, "reference image"),
    /** A message: public hosts, and if the author has listed hosts, none but those. */
    MESSAGE(false, "reference image"),
    /** The answer of a server that the author has chosen, of itself: its host may be anywhere. */
    SERVER(true, "the image at"),
    /** A field of an answer: public hosts and those listed. Lists are of what messages may name, and an answer is paid for. */
    SERVICE(false, "the image at"),
    /** The text of a model, which may be the words of whoever wrote the prompt: public hosts. */
    MODEL(false, "the image at");

    private final boolean trusted;
    private final String told;

    NamedBy(boolean trusted, String told) {
        this.trusted = trusted;
        this.told = told;
    }

    boolean isTrusted() {
        return trusted;
    }

    /** What an error calls it, before its address. */
    String told() {
        return told;
    }
}

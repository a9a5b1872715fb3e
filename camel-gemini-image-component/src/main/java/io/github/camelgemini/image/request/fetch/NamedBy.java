package io.github.camelgemini.image.request.fetch;

/** Who refers to the picture by URL. */
public enum NamedBy {
    /** The author of the route. Any host is allowed. */
    ROUTE(true, "reference image"),
    /** A message. Public hosts are allowed or, if the route lists hosts, only those. */
    MESSAGE(false, "reference image"),
    /** The answer of the server that the route calls, with a URL on that server. Any host is allowed. */
    SERVER(true, "the image at"),
    /**
     * A field of an answer. Public hosts and listed ones are allowed. The list restricts messages only, since an answer
     * is billed.
     */
    SERVICE(false, "the image at"),
    /** The text of a model, which may repeat the prompt. Public hosts are allowed. */
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

    /** The beginning of an error message, before the URL. */
    String told() {
        return told;
    }
}

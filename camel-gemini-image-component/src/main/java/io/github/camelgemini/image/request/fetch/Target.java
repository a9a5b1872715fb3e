package io.github.camelgemini.image.request.fetch;

import okhttp3.HttpUrl;

/**
 * A URL of a picture, after the checks that are possible before anything is sent.
 *
 * @param url of the picture
 * @param by who refers to it
 */
public record Target(HttpUrl url, NamedBy by) {

    private static final int LONGEST_SHOWN = 200;

    /** Whether any host is allowed. */
    public boolean trusted() {
        return by.isTrusted();
    }

    /** Its name in errors. */
    String told() {
        return by.told() + " " + shown(url);
    }

    /** Without user, password, query and fragment, since any of them may be secret. */
    static String shown(HttpUrl url) {
        HttpUrl bare = url.newBuilder()
                .username("")
                .password("")
                .query(null)
                .fragment(null)
                .build();
        return shortened(bare.toString()) + (url.query() == null ? "" : "?…");
    }

    static String shortened(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    }

    @Override
    public String toString() {
        return told();
    }
}

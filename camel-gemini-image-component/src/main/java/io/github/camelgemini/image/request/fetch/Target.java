package io.github.camelgemini.image.request.fetch;

import okhttp3.HttpUrl;

/**
 * A picture to fetch, as far as it could be checked before anything is sent.
 *
 * @param url where it is
 * @param by who says so
 */
public record Target(HttpUrl url, NamedBy by) {

    private static final int LONGEST_SHOWN = 200;

    /** Whether its host may be anywhere. */
    public boolean trusted() {
        return by.isTrusted();
    }

    /** What to call it in an error. */
    String told() {
        return by.told() + " " + shown(url);
    }

    /** Without user, password, query and fragment, any of which may be secret. */
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

package io.github.camelgemini.image.request.fetch;

import okhttp3.HttpUrl;

/**
 * A picture to fetch, as far as it could be checked before anything is sent.
 *
 * @param url where it is
 * @param trusted whether the route itself names it, so that its host may be anywhere
 */
public record Target(HttpUrl url, boolean trusted) {

    private static final int LONGEST_SHOWN = 200;

    /** What to call it in an error. */
    String told() {
        return "reference picture " + shown(url);
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

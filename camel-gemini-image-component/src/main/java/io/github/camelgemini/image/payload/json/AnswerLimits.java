package io.github.camelgemini.image.payload.json;

/**
 * Limits for an answer, so that a broken or malicious server can fill neither heap nor disk.
 *
 * @param textBytes bytes of JSON, without the Base64 of payloads
 * @param stringLength characters of one string that does not become a payload
 * @param depth nesting of objects and arrays
 * @param tokens values, names, starts and ends of objects and arrays, as Jackson counts tokens
 * @param payloadBytes bytes of all payloads of one answer
 */
public record AnswerLimits(long textBytes, int stringLength, int depth, long tokens, long payloadBytes) {

    /**
     * The default limits, far above the answers of the API: 8 MB of JSON, strings of a million characters, a depth of
     * 100, and 200,000 tokens. Several such answers fit into a small heap. Pictures may have 2 GiB: a route must be
     * able to carry one gigabyte, and no {@code byte[]} can be larger than 2 GiB. With the default of 64 calls in
     * flight, endless answers fill at most 128 GiB of disk.
     */
    public static final AnswerLimits DEFAULT = new AnswerLimits(8L << 20, 1 << 20, 100, 200_000, 2L << 30);

    public AnswerLimits {
        if (textBytes < 1 || stringLength < 1 || depth < 1 || tokens < 1 || payloadBytes < 0) {
            throw new IllegalArgumentException("Limits must be positive");
        }
    }
}

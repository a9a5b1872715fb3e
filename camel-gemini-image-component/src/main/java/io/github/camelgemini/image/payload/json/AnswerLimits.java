package io.github.camelgemini.image.payload.json;

/**
 * How large an answer may be, so that a broken or hostile server can fill neither heap nor disk.
 *
 * @param textBytes    bytes of JSON, all Base64 that goes into payloads not counted
 * @param stringLength characters of one string that does not go into a payload
 * @param depth        objects and arrays in each other
 * @param tokens       values, names, starts and ends of objects and arrays, as Jackson counts tokens
 * @param payloadBytes bytes of all payloads of one answer
 */
public record AnswerLimits(long textBytes, int stringLength, int depth, long tokens, long payloadBytes) {

    /**
     * 8 MB of JSON, strings of a million characters, a depth of 100, 200,000 tokens: far above what the API answers, and
     * several of them at a time still fit into a small heap. 2 GiB of pictures: a route is to carry one of a gigabyte, and what
     * is larger than this no {@code byte[]} can hold; 64 endless ones at a time, as many as there are calls in flight by
     * default, fill no more than 128 GiB of disk.
     */
    public static final AnswerLimits DEFAULT = new AnswerLimits(8L << 20, 1 << 20, 100, 200_000, 2L << 30);

    public AnswerLimits {
        if (textBytes < 1 || stringLength < 1 || depth < 1 || tokens < 1 || payloadBytes < 0) {
            throw new IllegalArgumentException("Limits must be positive");
        }
    }
}

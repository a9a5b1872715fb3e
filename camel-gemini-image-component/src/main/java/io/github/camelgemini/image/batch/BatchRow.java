package io.github.camelgemini.image.batch;

/**
 * An id in a {@link BatchRepository}.
 *
 * @param batch the id of the batch
 * @param part the text after the {@code #}; null for the batch itself
 */
record BatchRow(String batch, String part) {

    private static final char SEPARATOR = '#';

    static BatchRow of(String id) {
        int end = id.indexOf(SEPARATOR);
        return end < 0 ? new BatchRow(id, null) : new BatchRow(id.substring(0, end), id.substring(end + 1));
    }

    static boolean isBatch(String id) {
        return id.indexOf(SEPARATOR) < 0;
    }

    /** The batch in a key {@code batch/key}; empty when it contains none. */
    static String batchOfResult(String key) {
        int end = key.indexOf('/');
        return end < 0 || !BatchId.isOurs(key.substring(0, end)) ? "" : key.substring(0, end);
    }
}

package io.github.camelgemini.image.batch;

/**
 * An id of a {@link BatchRepository}.
 *
 * @param batch that the text is of, or belongs to
 * @param part what follows after the {@code #}; null for that of the batch itself
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

    /** The batch of a result that is known as {@code batch/key}; empty when it is of none. */
    static String batchOfResult(String key) {
        int end = key.indexOf('/');
        return end < 0 || !BatchId.isOurs(key.substring(0, end)) ? "" : key.substring(0, end);
    }
}

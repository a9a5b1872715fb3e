package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.regex.Pattern;

/** Ids of batches. They become file names, names of jobs and database keys. */
public final class BatchId {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,89}");
    private static final int LONGEST_QUOTE = 100;

    private BatchId() {}

    /**
     * Checks the id of a new batch.
     *
     * @param source where the id came from, for the error
     * @return the id
     * @throws io.github.camelgemini.image.error.InvalidRequestException when it has other characters, or is too long
     */
    public static String check(String id, String source) {
        if (!ID.matcher(id).matches()) {
            throw new InvalidRequestException(
                    source + " '" + id.substring(0, Math.min(id.length(), LONGEST_QUOTE))
                            + "' must have 1 to 90 letters, digits, dots, hyphens or underscores, and begin with a letter or digit");
        }
        return id;
    }

    /** Whether a batch that was made here can have this id. */
    public static boolean isOurs(String id) {
        return ID.matcher(id).matches();
    }
}

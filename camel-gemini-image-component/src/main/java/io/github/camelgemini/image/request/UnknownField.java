package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Explains an unknown field. */
final class UnknownField {

    private UnknownField() {}

    /** The error for a field at any place. It suggests the most similar known field. */
    static InvalidRequestException refusal(String name, Collection<String> known) {
        String field = Values.quote(name);
        String nearest = known.stream()
                .min(Comparator.<String>comparingInt(candidate -> distance(folded(field), folded(candidate)))
                        .thenComparing(candidate -> distance(field, candidate)))
                .orElseThrow();
        return new InvalidRequestException("field " + field + " of the message body is unknown; did you mean " + nearest
                + "? The option strictJson=false ignores unknown fields");
    }

    /** A name for comparison: without case, underscores and hyphens. */
    static String folded(String name) {
        return name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
    }

    /** How many letters must be added, removed or changed to turn one into the other (Levenshtein distance). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}

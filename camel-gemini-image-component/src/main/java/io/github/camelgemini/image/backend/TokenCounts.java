package io.github.camelgemini.image.backend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads token counts from an answer. Ignores values that cannot be a count: negative ones, fractions, texts, and
 * numbers larger than any model accepts.
 */
public final class TokenCounts {

    /** Twice the largest context of today's models. */
    private static final int MOST = 2_000_000;
    /** The largest number of modalities, such as text and image. */
    private static final int MOST_KINDS = 20;

    private static final int LONGEST_KIND = 40;

    private static final Pattern NUMBER = Pattern.compile("\\s*[0-9]{1,7}\\s*");

    private boolean odd;

    /** A count; 0 if there is none, or if the value cannot be a count. */
    public int count(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return 0;
        }
        double count = node.isNumber()
                ? node.doubleValue()
                : NUMBER.matcher(node.asText()).matches()
                        ? Integer.parseInt(node.asText().strip())
                        : Double.NaN;
        if (count >= 0 && count <= MOST && count == Math.rint(count)) {
            return (int) count;
        }
        odd = true;
        return 0;
    }

    /**
     * The counts by kind, with names in upper case.
     *
     * @param entries each with its kind and its count
     * @param kind name of the field with the kind
     * @param count name of the field with the count
     */
    public Map<String, Integer> byKind(JsonNode entries, String kind, String count) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (JsonNode entry : entries) {
            int more = count(entry.path(count));
            String name = entry.path(kind).asText("TEXT").toUpperCase(Locale.ROOT);
            int sum = counts.getOrDefault(name, 0) + more;
            if (sum > MOST
                    || name.length() > LONGEST_KIND
                    || counts.size() == MOST_KINDS && !counts.containsKey(name)) {
                odd = true;
                break;
            }
            counts.put(name, sum);
        }
        return counts;
    }

    /** Whether a value could not be a count, so the cost of the call is unknown. */
    public boolean areOdd() {
        return odd;
    }
}

package io.github.camelgemini.image.backend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Counts of tokens as a server tells them. What cannot be a count is none: negative, a fraction, no number, or more than any model
 * takes.
 */
public final class TokenCounts {

    /** Twice the largest context of today's models. */
    private static final int MOST = 2_000_000;
    /** Of what a call is made of, such as text and pictures. */
    private static final int MOST_KINDS = 20;

    private static final int LONGEST_KIND = 40;

    private static final Pattern NUMBER = Pattern.compile("\\s*[0-9]{1,7}\\s*");

    private boolean odd;

    /** A count; 0 where there is none, or what is there cannot be one. */
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
     * Counts by what they are of, in upper case.
     *
     * @param entries each with the name of its kind and its count
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

    /** Whether there was one that is none, so that nobody can tell what a call has cost. */
    public boolean areOdd() {
        return odd;
    }
}

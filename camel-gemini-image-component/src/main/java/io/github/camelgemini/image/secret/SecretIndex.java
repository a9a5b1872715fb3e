package io.github.camelgemini.image.secret;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds secrets in a text, in one pass.
 *
 * <p>Text and secrets are compared folded: in lower case, the URL-safe alphabet of Base64 as the standard one, without white space
 * and invisible characters.
 */
final class SecretIndex {

    /** What a value is to whoever reads it. */
    enum Kind {
        /** Of which the beginning is as good as all of it. */
        KEY,
        /** That counts as a whole. */
        WHOLE,
        /** Which may be a secret, and may be a name that addresses have in them. */
        WORD
    }

    /** A secret, or what stands for it in another encoding. */
    record Form(String folded, Kind kind) {

        static Form of(String text, Kind kind) {
            StringBuilder folded = new StringBuilder(text.length());
            for (int i = 0; i < text.length(); i++) {
                int unit = fold(text.charAt(i));
                if (unit >= 0) {
                    folded.append((char) unit);
                }
            }
            return new Form(folded.toString(), kind);
        }

        int length() {
            return folded.length();
        }

        String beginning() {
            return folded.substring(0, KEY);
        }

        /** What is left where a reader had taken the first characters for something else, as for the length of a chunk. */
        List<Form> withoutBeginnings() {
            return IntStream.rangeClosed(1, MOST_MISSING)
                    .filter(missing -> length() - missing >= ENOUGH)
                    .mapToObj(missing -> new Form(folded.substring(missing), kind))
                    .toList();
        }

        /** How much of it has to be there. */
        int enough() {
            return kind == Kind.KEY ? Math.min(length(), ENOUGH) : length();
        }
    }

    /** By so many characters a form is looked for. */
    private static final int KEY = 8;
    /** Of a key, the beginning that is as good as all of it. */
    private static final int ENOUGH = 12;
    /** As many digits as a length may have. */
    private static final int MOST_MISSING = 16;

    private static final int PAIRS = 1 << 16;
    private static final int FIRSTS = 1 << 8;

    /** As servers break lines, not as they fill pages: behind more, nothing belongs to a secret. */
    private static final int MOST_INVISIBLE = 64;

    private final Map<String, List<Form>> byBeginning = new ConcurrentHashMap<>();
    /** How many forms begin so. */
    private final AtomicIntegerArray pairs = new AtomicIntegerArray(PAIRS);

    private final AtomicIntegerArray firsts = new AtomicIntegerArray(FIRSTS);

    /** Each as often as it is added, for it is removed as often. */
    void add(Collection<Form> forms) {
        for (Form form : forms) {
            byBeginning.merge(form.beginning(), List.of(form), SecretIndex::both);
            count(form, 1);
        }
    }

    void remove(Collection<Form> forms) {
        for (Form form : forms) {
            count(form, -1);
            byBeginning.computeIfPresent(form.beginning(), (beginning, same) -> without(form, same));
        }
    }

    private static List<Form> both(List<Form> some, List<Form> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static List<Form> without(Form form, List<Form> same) {
        List<Form> left = new ArrayList<>(same);
        left.remove(form);
        return left.isEmpty() ? null : left;
    }

    private void count(Form form, int change) {
        pairs.addAndGet(pair(form.folded().charAt(0), form.folded().charAt(1)), change);
        firsts.addAndGet(form.folded().charAt(0) & (FIRSTS - 1), change);
    }

    private static int pair(int first, int second) {
        return (first << 8 ^ second) & (PAIRS - 1);
    }

    /**
     * The text with something else in place of each secret; the same object if there is none.
     *
     * @param words whether also in place of those that may be no secrets
     */
    String replaced(String text, String replacement, boolean words) {
        if (byBeginning.isEmpty() || text.length() < KEY) {
            return text;
        }
        List<Unescaped> readings = Unescaped.readings(text);
        StringBuilder clean = null;
        int copied = 0;
        int at = 0;
        while (at < text.length()) {
            int end = 0;
            for (Unescaped in : readings) {
                end = Math.max(end, endOfSecret(in, at, words));
            }
            if (end == 0) {
                at++;
                continue;
            }
            clean = clean == null ? new StringBuilder(text.length()) : clean;
            clean.append(text, copied, at).append(replacement);
            copied = end;
            at = end;
        }
        return clean == null ? text : clean.append(text, copied, text.length()).toString();
    }

    /** Behind the longest secret that begins here; 0 when none does. */
    private int endOfSecret(Unescaped in, int at, boolean words) {
        int first = fold(in.read(at));
        if (first < 0 || firsts.get(first & (FIRSTS - 1)) == 0) {
            return 0;
        }
        int second = next(in, in.end());
        if (second < 0 || pairs.get(pair(first, second)) == 0) {
            return 0;
        }
        StringBuilder beginning = new StringBuilder(KEY).append((char) first).append((char) second);
        while (beginning.length() < KEY) {
            int unit = next(in, in.end());
            if (unit < 0) {
                return 0;
            }
            beginning.append((char) unit);
        }
        int behind = in.end();
        int longest = 0;
        for (Form form : byBeginning.getOrDefault(beginning.toString(), List.of())) {
            if (words || form.kind() != Kind.WORD) {
                longest = Math.max(longest, endOf(form, in, behind));
            }
        }
        return longest;
    }

    private static int endOf(Form form, Unescaped in, int behindBeginning) {
        int matched = KEY;
        int end = behindBeginning;
        while (matched < form.length() && next(in, end) == form.folded().charAt(matched)) {
            matched++;
            end = in.end();
        }
        return matched >= form.enough() ? end : 0;
    }

    /** The next character that counts; negative at the end, and where none is near. */
    private static int next(Unescaped in, int from) {
        int at = from;
        for (int skipped = 0; skipped <= MOST_INVISIBLE && at < in.length(); skipped++) {
            int unit = fold(in.read(at));
            if (unit >= 0) {
                return unit;
            }
            at = in.end();
        }
        return -1;
    }

    /** Negative for a character that does not count. */
    private static int fold(int unit) {
        if (unit < 0x80) {
            return foldAscii(unit);
        }
        int type = Character.getType((char) unit);
        boolean invisible = type == Character.FORMAT
                || type == Character.CONTROL
                || type == Character.SPACE_SEPARATOR
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        return invisible ? -1 : Character.toLowerCase((char) unit);
    }

    private static int foldAscii(int unit) {
        if (unit <= ' ' || unit == 0x7f) {
            return -1;
        }
        return switch (unit) {
            case '-' -> '+';
            case '_' -> '/';
            default -> unit >= 'A' && unit <= 'Z' ? unit + ('a' - 'A') : unit;
        };
    }
}

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
 * <p>Text and secrets are normalized before the comparison: lower case, the standard alphabet of Base64 instead of the
 * URL-safe one, without white space and invisible characters.
 */
final class SecretIndex {

    /** How dangerous a value is when it is shown. */
    enum Kind {
        /** Its beginning is as dangerous as the whole. */
        KEY,
        /** Only the whole value is dangerous. */
        WHOLE,
        /** It may be a secret, or a word that addresses contain. */
        WORD
    }

    /** A secret, as it is or in another encoding. */
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

        /**
         * The forms without their first characters, in case a reader has consumed these, for example as the length of a
         * chunk.
         */
        List<Form> withoutBeginnings() {
            return IntStream.rangeClosed(1, MOST_MISSING)
                    .filter(missing -> length() - missing >= ENOUGH)
                    .mapToObj(missing -> new Form(folded.substring(missing), kind))
                    .toList();
        }

        /** How many characters must match. */
        int enough() {
            return kind == Kind.KEY ? Math.min(length(), ENOUGH) : length();
        }
    }

    /** The number of characters by which a form is looked up. */
    private static final int KEY = 8;
    /** The length of a key's beginning that is as dangerous as the whole. */
    private static final int ENOUGH = 12;
    /** The most digits that a length may have. */
    private static final int MOST_MISSING = 16;

    private static final int PAIRS = 1 << 16;
    private static final int FIRSTS = 1 << 8;

    /** Servers break lines but do not fill pages: after more invisible characters, nothing belongs to a secret. */
    private static final int MOST_INVISIBLE = 64;

    private final Map<String, List<Form>> byBeginning = new ConcurrentHashMap<>();
    /** How many forms have this beginning. */
    private final AtomicIntegerArray pairs = new AtomicIntegerArray(PAIRS);

    private final AtomicIntegerArray firsts = new AtomicIntegerArray(FIRSTS);

    /** Each form is counted, because it is removed as often as it was added. */
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
     * The text with a replacement for each secret; the same object if there is none.
     *
     * @param words whether values that may be ordinary words are replaced too
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

    /** The end of the longest secret that begins here; 0 when none does. */
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

    /** The next significant character; negative at the end, or when none is near. */
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

    /** Negative for a character that is ignored. */
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

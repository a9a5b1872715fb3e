package io.github.camelgemini.image.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The credentials that this process uses, so that no text of others gives one away.
 *
 * <p>They are known for the whole process: a text is told in many places that do not know which connection it came by, such as
 * the results of a batch that somebody else submitted. Whoever sends a credential names it here first, each time it is sent. The
 * {@value #MOST} used last are known.
 *
 * <p>One is found as it is, and as servers echo it: in upper and lower case, in the escapes of JSON, URLs and HTML up to three
 * deep, in Base64 and hexadecimal, with white space and invisible characters in it; of a key also a part, where a text was
 * cut. Not found is what was encrypted, compressed, reversed, or spelt with letters of other alphabets.
 */
public final class Secrets {

    /** How many are known at a time. */
    static final int MOST = 1000;
    /** In characters; shorter values would garble every text. */
    private static final int SHORTEST = 8;
    /** What is sent where nobody checks it. */
    private static final String NO_KEY = "emulator";

    private static final String REPLACEMENT = "***";

    /** Additional headers that say what is sent and on whose account, with values that answers may well have in them. */
    private static final Set<String> OPEN_HEADERS = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "content-type",
            "referer",
            "user-agent",
            "x-goog-api-client",
            "x-goog-request-params",
            "x-goog-user-project");

    /** What all private keys begin and end with. */
    private static final Pattern PEM = Pattern.compile("-----[A-Z ]+-----");

    private static final Map<String, Boolean> KNOWN = new LinkedHashMap<>(64, 0.75f, true);
    private static volatile SecretIndex index = SecretIndex.EMPTY;

    private Secrets() {}

    /**
     * Has keys, tokens, private keys and the like known.
     *
     * @param values as they are sent; null and what is too short to be one change nothing
     */
    public static void keep(String... values) {
        for (String value : values) {
            keep(value == null ? null : PEM.matcher(value).replaceAll(""), true);
        }
    }

    /** Has the values of additional headers known, save of those that only describe, as {@code Accept} and {@code User-Agent}. */
    public static void keepHeaders(Map<String, String> headers) {
        headers.forEach((name, value) -> {
            if (!OPEN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                keepHeader(value);
            }
        });
    }

    /** Has the value of a header known that carries a credential, with and without its scheme ({@code Bearer}, {@code Basic}). */
    public static void keepHeader(String value) {
        if (value == null) {
            return;
        }
        String[] parts = value.strip().split("\\s+", 2);
        if (parts.length == 1) {
            keep(value, false);
            return;
        }
        boolean scheme = parts[0].equalsIgnoreCase("Bearer") || parts[0].equalsIgnoreCase("Basic");
        keep(scheme ? parts[1] : value, scheme);
        if (parts[0].equalsIgnoreCase("Basic")) {
            keep(passwordOf(parts[1]));
        }
    }

    private static String passwordOf(String basic) {
        try {
            String decoded = new String(Base64.getDecoder().decode(basic.strip()), StandardCharsets.UTF_8);
            return decoded.substring(decoded.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void keep(String value, boolean asBeginning) {
        if (value == null || value.length() < SHORTEST || value.equals(NO_KEY)) {
            return;
        }
        synchronized (KNOWN) {
            if (KNOWN.put(value, asBeginning) != null) {
                return;
            }
            if (KNOWN.size() > MOST) {
                KNOWN.remove(KNOWN.keySet().iterator().next());
            }
            index = new SecretIndex(forms());
        }
    }

    private static Collection<SecretIndex.Form> forms() {
        Set<SecretIndex.Form> forms = new LinkedHashSet<>();
        KNOWN.forEach((value, asBeginning) -> {
            SecretIndex.Form whole = SecretIndex.Form.of(value, asBeginning);
            forms.add(whole);
            forms.addAll(whole.withoutBeginnings());
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            Stream.concat(base64(bytes).stream(), Stream.of(HexFormat.of().formatHex(bytes)))
                    .map(text -> SecretIndex.Form.of(text, asBeginning))
                    .forEach(forms::add);
        });
        forms.removeIf(form -> form.length() < SHORTEST);
        return forms;
    }

    /** What stands for these bytes wherever they begin in what is encoded. */
    private static List<String> base64(byte[] bytes) {
        List<String> all = new ArrayList<>();
        for (int before = 0; before < 3; before++) {
            byte[] padded = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, padded, before, bytes.length);
            int from = (before * 8 + 5) / 6;
            int to = padded.length * 8 / 6;
            all.add(Base64.getEncoder().encodeToString(padded).substring(from, to));
        }
        return all;
    }

    /**
     * A text of others without credentials, whatever its length; null stays null. A text without any is given back as it is.
     */
    public static String redact(String text) {
        return text == null ? null : index.replaced(text, REPLACEMENT);
    }
}

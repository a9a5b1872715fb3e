package io.github.camelgemini.image.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The credentials that this process uses, so that no text from outside reveals one.
 *
 * <p>They are stored for the whole process, because texts are shown in many places that do not know the connection of
 * their text, such as the results of a batch that another process submitted. Code that sends a credential must register
 * it here first, each time. The last {@value #MOST} are kept.
 *
 * <p>Credentials are found unchanged, and in the forms in which servers repeat them: in upper and lower case, in up to
 * three levels of JSON, URL and HTML escapes, in Base64 and hexadecimal, and with white space and invisible characters
 * inside. For a key, the truncated beginning is found too. Not found are encrypted, compressed or reversed forms, and
 * letters of other alphabets.
 */
public final class Secrets {

    /** The largest number of credentials. */
    static final int MOST = 1000;
    /** In characters; shorter values would damage ordinary texts. */
    private static final int SHORTEST = 8;
    /** The placeholder for servers that check no key. */
    private static final String NO_KEY = "emulator";

    private static final String REPLACEMENT = "***";

    /** Additional headers that describe a request or an account. Their values may appear in answers. */
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

    /** The beginning and end of all private keys. */
    private static final Pattern PEM = Pattern.compile("-----[A-Z ]+-----");

    /** Names of headers whose values are credentials, whatever their length. */
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?i)auth|key|token|secret|cookie|pass|credential|signature|session|jwt");
    /** In characters; a shorter value of another header is probably an ordinary word. */
    private static final int SHORTEST_OF_HEADER = 16;

    /** The values in use, with the number of their users. */
    private static final Map<Value, Integer> HELD = new HashMap<>();
    /** The other values, by time of use. */
    private static final Map<Value, Boolean> RECENT = new LinkedHashMap<>(64, 0.75f, true);

    private static final SecretIndex INDEX = new SecretIndex();

    private Secrets() {}

    private record Value(String text, SecretIndex.Kind kind) {

        boolean isOne() {
            return text != null && text.length() >= SHORTEST && !text.equals(NO_KEY);
        }

        /** The value unchanged, without a beginning that a reader may have consumed, in Base64 and in hexadecimal. */
        Collection<SecretIndex.Form> forms() {
            Set<SecretIndex.Form> forms = new LinkedHashSet<>();
            SecretIndex.Form whole = SecretIndex.Form.of(text, kind);
            forms.add(whole);
            if (kind == SecretIndex.Kind.KEY) {
                forms.addAll(whole.withoutBeginnings());
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Stream.concat(base64(bytes).stream(), Stream.of(HexFormat.of().formatHex(bytes)))
                    .map(encoded -> SecretIndex.Form.of(encoded, kind))
                    .forEach(forms::add);
            forms.removeIf(form -> form.length() < SHORTEST);
            return forms;
        }
    }

    /** The secrets of a configuration, registered until this object is closed, however many tokens follow. */
    public static final class Held implements AutoCloseable {

        private Collection<Value> values;

        private Held(Collection<Value> values) {
            this.values = values;
        }

        /** From now on, they may be dropped like tokens. */
        @Override
        public void close() {
            synchronized (INDEX) {
                values.forEach(Secrets::letGo);
                values = List.of();
            }
        }
    }

    /**
     * Registers keys, access tokens, private keys and the like until {@value #MOST} others were used.
     *
     * @param values as they are sent; null and values that are too short are ignored
     */
    public static void keep(String... values) {
        keys(values).forEach(Secrets::keep);
    }

    /**
     * Registers the value of a header with a credential, with and without its scheme ({@code Bearer}, {@code Basic}).
     */
    public static void keepHeader(String value) {
        ofHeader(value, SecretIndex.Kind.WHOLE).forEach(Secrets::keep);
    }

    /**
     * Registers the secrets in the configuration of a route.
     *
     * @param headers additional headers: values that are credentials by their name or their length, except of
     *     descriptive headers such as {@code Accept} and {@code User-Agent}
     * @param values keys, passwords and the like; null and values that are too short are ignored
     * @return close it when the values are no longer sent
     */
    public static Held hold(Map<String, String> headers, String... values) {
        List<Value> all = new ArrayList<>(keys(values));
        headers.forEach((name, value) -> {
            boolean open = OPEN_HEADERS.contains(name.toLowerCase(Locale.ROOT));
            boolean credential = CREDENTIAL.matcher(name).find();
            if (value != null && !open && (credential || value.strip().length() >= SHORTEST_OF_HEADER)) {
                all.addAll(ofHeader(value, credential ? SecretIndex.Kind.WHOLE : SecretIndex.Kind.WORD));
            }
        });
        return hold(all);
    }

    /** Registers a part of an address that grants access; only the whole value is removed from texts. */
    public static Held holdPath(String value) {
        return hold(List.of(new Value(value, SecretIndex.Kind.WHOLE)));
    }

    private static Held hold(Collection<Value> all) {
        List<Value> values = all.stream().filter(Value::isOne).toList();
        synchronized (INDEX) {
            for (Value value : values) {
                boolean held = HELD.merge(value, 1, Integer::sum) > 1;
                boolean known = RECENT.remove(value) != null;
                if (!held && !known) {
                    INDEX.add(value.forms());
                }
            }
        }
        return new Held(values);
    }

    private static void letGo(Value value) {
        if (HELD.merge(value, -1, Integer::sum) == 0) {
            HELD.remove(value);
            remember(value);
        }
    }

    private static void keep(Value value) {
        if (!value.isOne()) {
            return;
        }
        synchronized (INDEX) {
            if (!HELD.containsKey(value) && RECENT.get(value) == null) {
                INDEX.add(value.forms());
                remember(value);
            }
        }
    }

    private static void remember(Value value) {
        RECENT.put(value, true);
        if (RECENT.size() > MOST) {
            Value oldest = RECENT.keySet().iterator().next();
            RECENT.remove(oldest);
            INDEX.remove(oldest.forms());
        }
    }

    private static List<Value> keys(String... values) {
        return Stream.of(values)
                .filter(Objects::nonNull)
                .map(value -> new Value(PEM.matcher(value).replaceAll(""), SecretIndex.Kind.KEY))
                .toList();
    }

    private static List<Value> ofHeader(String value, SecretIndex.Kind kind) {
        if (value == null) {
            return List.of();
        }
        String[] parts = value.strip().split("\\s+", 2);
        boolean basic = parts[0].equalsIgnoreCase("Basic");
        if (parts.length == 1 || !basic && !parts[0].equalsIgnoreCase("Bearer")) {
            return List.of(new Value(value, kind));
        }
        Value credential = new Value(parts[1], SecretIndex.Kind.KEY);
        return basic ? List.of(credential, new Value(passwordOf(parts[1]), SecretIndex.Kind.KEY)) : List.of(credential);
    }

    private static String passwordOf(String basic) {
        try {
            String decoded = new String(Base64.getDecoder().decode(basic.strip()), StandardCharsets.UTF_8);
            return decoded.substring(decoded.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The Base64 of these bytes at any offset in encoded data. */
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
     * Removes credentials from a text that will be shown. Not for ids and addresses that are used afterwards. Works for
     * any length; null stays null. A text without credentials is returned unchanged.
     */
    public static String redact(String text) {
        return text == null ? null : INDEX.replaced(text, REPLACEMENT, true);
    }

    /**
     * Removes keys and passwords from an address that a route uses. Values that may be ordinary words stay. Null stays
     * null.
     */
    public static String address(String address) {
        return address == null ? null : INDEX.replaced(address, REPLACEMENT, false);
    }
}

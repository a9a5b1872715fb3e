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

    /** What headers are called whose values are credentials however short. */
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?i)auth|key|token|secret|cookie|pass|credential|signature|session|jwt");
    /** In characters; a shorter value of another header is more likely a word that texts have in them. */
    private static final int SHORTEST_OF_HEADER = 16;

    /** Those in use, with the number of their users. */
    private static final Map<Value, Integer> HELD = new HashMap<>();
    /** The others that were sent last. */
    private static final Map<Value, Boolean> RECENT = new LinkedHashMap<>(64, 0.75f, true);

    private static final SecretIndex INDEX = new SecretIndex();

    private Secrets() {}

    private record Value(String text, SecretIndex.Kind kind) {

        boolean isOne() {
            return text != null && text.length() >= SHORTEST && !text.equals(NO_KEY);
        }

        /** As it is, without what a reader had taken for something else, in Base64 and in hexadecimal. */
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

    /** Secrets of a configuration, known however many tokens follow, until its user closes this. */
    public static final class Held implements AutoCloseable {

        private Collection<Value> values;

        private Held(Collection<Value> values) {
            this.values = values;
        }

        /** They may be forgotten from now on, as tokens are. */
        @Override
        public void close() {
            synchronized (INDEX) {
                values.forEach(Secrets::letGo);
                values = List.of();
            }
        }
    }

    /**
     * Has keys, tokens, private keys and the like known until {@value #MOST} others were sent.
     *
     * @param values as they are sent; null and what is too short to be one change nothing
     */
    public static void keep(String... values) {
        keys(values).forEach(Secrets::keep);
    }

    /** The same for the value of a header that carries a credential, with and without its scheme ({@code Bearer}, {@code Basic}). */
    public static void keepHeader(String value) {
        ofHeader(value, SecretIndex.Kind.WHOLE).forEach(Secrets::keep);
    }

    /**
     * Has what a route has configured known.
     *
     * @param headers additional ones: values that have credentials by their name or their length, save of headers that only
     *     describe, as {@code Accept} and {@code User-Agent}
     * @param values keys, passwords and the like; null and what is too short to be one change nothing
     * @return to be closed when nobody sends them any more
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

    /** Has a part of an address known that lets somebody in, all of it only. */
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
     * A text of others without credentials, to be told: never for what is used, such as ids and addresses. Whatever its length; null stays null. A text without any is given back as it is.
     */
    public static String redact(String text) {
        return text == null ? null : INDEX.replaced(text, REPLACEMENT, true);
    }

    /** An address for a route to use: without keys, passwords and the like. What only may be one stays; null stays null. */
    public static String address(String address) {
        return address == null ? null : INDEX.replaced(address, REPLACEMENT, false);
    }
}

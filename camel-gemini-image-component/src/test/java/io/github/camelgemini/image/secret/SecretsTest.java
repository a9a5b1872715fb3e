package io.github.camelgemini.image.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String KEY = "AIzaSyMarked_4711-of+Secrets/Test=";

    @BeforeEach
    void known() {
        Secrets.keep(KEY);
    }

    static Stream<Arguments> encodings() {
        return Stream.of(
                encoding("as it is", key -> key),
                encoding("in lower case", String::toLowerCase),
                encoding("in upper case", String::toUpperCase),
                encoding("in escapes of JSON", key -> each(key, "\\u%04x")),
                encoding("in escapes of JSON, twice", key -> each(key, "\\\\u%04X")),
                encoding("with a slash as JSON may have it", key -> key.replace("/", "\\/")),
                encoding("in a JSON Pointer", key -> key.replace("/", "~1")),
                encoding("percent-encoded", key -> each(key, "%%%02X")),
                encoding("percent-encoded twice", key -> each(key, "%%25%02x")),
                encoding("percent-encoded, in JSON", key -> each(each(key, "%%%02X"), "\\u%04x")),
                encoding("as HTML", key -> each(key, "&#x%x;")),
                encoding("as HTML, by decimals", key -> each(key, "&#%d;")),
                encoding("as HTML, twice", key -> each(key, "&amp;#%d;")),
                encoding("in hexadecimal", key -> HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8))),
                encoding("in Base64", SecretsTest::base64),
                encoding("in Base64 behind one", key -> base64("u" + key)),
                encoding(
                        "in Base64 behind two, for URLs",
                        key -> base64("me" + key).replace('+', '-').replace('/', '_')),
                encoding("in lines", key -> key.substring(0, 9) + "\r\n  " + key.substring(9)),
                encoding("with invisible characters", key -> each(key, "%c\u200b")),
                encoding("cut off", key -> key.substring(0, key.length() - 9)),
                encoding("without its first characters", key -> key.substring(3)));
    }

    private static Arguments encoding(String name, UnaryOperator<String> how) {
        return Arguments.of(name, how);
    }

    private static String each(String text, String format) {
        return text.chars()
                .mapToObj(
                        unit -> format.contains("c") ? String.format(format, (char) unit) : String.format(format, unit))
                .collect(Collectors.joining());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void keyIsFound(String name, UnaryOperator<String> how) {
        String echo = how.apply(KEY);

        String told = Secrets.redact("key \"" + echo + "\" is wrong");

        // Of Base64 a character or two at the ends belong to what is beside the key.
        assertThat(told)
                .matches("key \".{0,4}\\*\\*\\*\\S{0,4} ?\\S?\" is wrong")
                .doesNotContain(echo.substring(4, 12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A cat, 100% white & soft \\ and \\u004",
                "AIzaSyMarked",
                "%",
                "&#x",
                "&amp;",
                "\\",
                "\\u",
                "%4",
                "&#99999999;"
            })
    void otherTextStaysAsItIs(String text) {
        if (text.equals("AIzaSyMarked")) {
            text = text.substring(0, 11);
        }
        assertThat(Secrets.redact(text)).isSameAs(text);
    }

    @Test
    void beginningOfAHeaderIsNoSecret() {
        Secrets.hold(Map.of("X-Format", "application/x-of-a-partner"));

        assertThat(Secrets.redact("application/json")).isEqualTo("application/json");
        assertThat(Secrets.redact("is application/x-of-a-partner")).isEqualTo("is ***");
    }

    @Test
    void headersThatOnlyDescribeAreNoSecrets() {
        Secrets.hold(Map.of("User-Agent", "posters-of-ours/1.0", "x-goog-user-project", "project-of-ours"));

        String text = "projects/project-of-ours asked by posters-of-ours/1.0";
        assertThat(Secrets.redact(text)).isEqualTo(text);
    }

    @Test
    void schemeOfAnAuthorizationIsTold() {
        Secrets.hold(Map.of(
                "Authorization", "Bearer token-of-the-gateway", "X-Proxy", "Basic " + base64("anna:word-that-passes")));

        assertThat(Secrets.redact("Bearer token-of-the-gateway, word-that-passes"))
                .isEqualTo("Bearer ***, ***");
    }

    @Test
    void privateKeyIsFoundHoweverItsLinesAreBroken() {
        Secrets.keep(
                "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nBAQEFAASCBKcwggSj\n-----END PRIVATE KEY-----\n");

        assertThat(Secrets.redact("MIIEvQIBADANBgkqhkiG9w0BAQEFAAS\\nCBKcwggSj!"))
                .isEqualTo("***!");
    }

    @Test
    void keyThatIsUsedStaysKnownHoweverManyTokensFollow() {
        for (int i = 0; i < 2 * Secrets.MOST; i++) {
            Secrets.keep("token-number-" + i);
            Secrets.keep(KEY);
        }

        assertThat(Secrets.redact(KEY)).isEqualTo("***");
    }

    @Test
    void whatIsHeldStaysKnownHoweverManyTokensFollow() {
        Secrets.Held held = Secrets.hold(Map.of(), "password-of-the-proxy");
        Secrets.Held others = Secrets.hold(Map.of(), "password-of-the-proxy");
        others.close();
        manyTokens();
        assertThat(Secrets.redact("password-of-the-proxy")).isEqualTo("***");

        held.close();
        held.close();
        assertThat(Secrets.redact("password-of-the-proxy")).isEqualTo("***");

        manyTokens();
        assertThat(Secrets.redact("password-of-the-proxy")).isEqualTo("password-of-the-proxy");
    }

    private static void manyTokens() {
        for (int i = 0; i < 2 * Secrets.MOST; i++) {
            Secrets.keep("another-" + System.nanoTime() + "-" + i);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "X-Env, production, mass production of cats, mass production of cats",
        "X-Env, production-of-europe, mass production-of-europe, mass ***",
        "X-Api-Key, production, mass production of cats, mass *** of cats",
        "Cookie, a=production, is a=production, is ***",
        "X-Team, Team-4711-of-cats, the 711-of-cats, the 711-of-cats"
    })
    void shortValueOfAHeaderIsASecretByItsNameOnly(String header, String value, String text, String told) {
        try (Secrets.Held held = Secrets.hold(Map.of(header, value))) {
            assertThat(Secrets.redact(text)).isEqualTo(told);
        } finally {
            manyTokens();
        }
    }

    @Test
    void addressKeepsNamesButNoKeys() {
        try (Secrets.Held held = Secrets.hold(Map.of("X-Tenant", "tenant-of-pictures-4711"), KEY)) {
            assertThat(Secrets.address("gs://tenant-of-pictures-4711/" + KEY))
                    .isEqualTo("gs://tenant-of-pictures-4711/***");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%20",
                "&#32;",
                "&#x20;",
                "\\u0020",
                "\\n",
                "\n",
                " ",
                "\u200b",
                "eyJ-",
                "eyJaaaaaaaa",
                "://",
                "key=",
                "&key=",
                "ya29.",
                "\\",
                "%25",
                "&amp;",
                "-----BEGIN PRIVATE KEY-----",
                "AIzaSyM",
                "0 ",
                "A%20"
            })
    @Timeout(60)
    void longTextIsRedactedInTimeThatGrowsWithItsLength(String unit) {
        String text = unit.repeat(1_000_000 / unit.length());

        assertThat(OutsideText.of(text)).hasSizeLessThan(OutsideText.LONGEST + 100);
    }

    @Test
    @Timeout(60)
    void manyTokensAreTakenInAtOnce() {
        for (int i = 0; i < 50_000; i++) {
            Secrets.keep("taken-in-" + i);
        }

        assertThat(Secrets.redact("taken-in-49999")).isEqualTo("***");
    }
}

package io.github.camelgemini.image.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutsideTextTest {

    private static final String KEY = "AIzaSyMarked-4712-of-outside";

    @ParameterizedTest
    @CsvSource({
        "token eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJtZSJ9.c2lnbmF0dXJl!, token ***!",
        "token \\u0065yJhbGciOiJSUzI1NiJ9.%65yJpc3MiOiJtZSJ9.c2lnbmF0dXJl!, token ***!",
        "token ya29.c.b0AXv0zTMarked_47-11, token ***",
        "-----BEGIN PRIVATE KEY-----\\nMIIEv\\n-----END PRIVATE KEY-----, ***",
        "at http://anna:pass@word@host/x@y, at http://***@host/x@y",
        "https://s3/x?X-Amz-Signature=abc&a=1&X-Amz-Security-Token=def, https://s3/x?X-Amz-Signature=***&a=1&X-Amz-Security-Token=***",
        "https://s3/x?a=1\\u0026sig=abc, https://s3/x?a=1\\u0026sig=***",
        "'https://console/apis?project=42, enable it', 'https://console/apis?project=42, enable it'"
    })
    void whatLooksLikeACredentialIsLeftOut(String text, String told) {
        assertThat(OutsideText.of(text)).isEqualTo(told);
    }

    @Test
    void textIsOneLine() {
        assertThat(OutsideText.of("a\r\nb\tc\u001b[31m \u202egnp\u2028 ü 猫"))
                .isEqualTo("a\\r\\nb\\tc\\u001b[31m \\u202egnp\\u2028 ü 猫");
    }

    @Test
    void longTextIsCutOnce() {
        String once = OutsideText.of("\n".repeat(3_000), 100);

        assertThat(once).hasSize(100 + "… (3000 characters)".length()).endsWith("\\n… (3000 characters)");
        assertThat(OutsideText.of(once, 100)).isEqualTo(once);
        assertThat(OutsideText.of("😀".repeat(60), 101)).isEqualTo("😀".repeat(50) + "… (120 characters)");
    }

    @Test
    void usersOwnTextKeepsItsLines() {
        Secrets.keep(KEY);

        assertThat(OutsideText.header("a\nb " + KEY)).isEqualTo("a\nb ***");
    }

    @Test
    void failureThatTellsNothingStaysWhatItIs() {
        IOException failure = new IOException("reset", new IllegalStateException("closed"));

        assertThat(OutsideFailure.of(failure)).isSameAs(failure);
        assertThat(OutsideFailure.of(null)).isNull();
    }

    @Test
    void failureIsToldWithItsNameAndItsPlaceButWithoutWhatItQuotes() {
        Secrets.keep(KEY);
        IOException failure = new IOException("broken", new ProtocolException("Unexpected status line: " + KEY));
        failure.addSuppressed(new IllegalArgumentException("a\nb " + KEY));

        Throwable told = OutsideFailure.of(failure);

        assertThat(trace(told))
                .startsWith("java.io.IOException: broken")
                .contains("Caused by: java.net.ProtocolException: Unexpected status line: ***")
                .contains("Suppressed: java.lang.IllegalArgumentException: a\\nb ***")
                .contains("at " + getClass().getName())
                .doesNotContain(KEY);
        assertThat(OutsideFailure.of(told)).isSameAs(told);
    }

    @Test
    void ofWhatAParserSaysOnlyTheNameIsLeft() {
        try {
            new ObjectMapper().readTree("{\"a\": AIzaHalfOf");
        } catch (JsonProcessingException e) {
            assertThat(trace(OutsideFailure.of(e)))
                    .startsWith(e.getClass().getName())
                    .doesNotContain("AIzaHalfOf");
            return;
        }
        throw new AssertionError("It is no JSON");
    }

    @Test
    void circleOfCausesEnds() {
        Secrets.keep(KEY);
        IOException one = new IOException(KEY);
        IOException other = new IOException("other", one);
        one.initCause(other);

        assertThat(trace(OutsideFailure.of(other))).doesNotContain(KEY);
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

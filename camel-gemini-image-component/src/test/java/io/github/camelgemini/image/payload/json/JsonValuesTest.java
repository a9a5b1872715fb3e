package io.github.camelgemini.image.payload.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One value after another, however the bytes come. */
class JsonValuesTest {

    private static InputStream bytes(String text, int atATime) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, atATime));
            }
        };
    }

    private static List<String> all(JsonValues values) throws IOException {
        List<String> all = new ArrayList<>();
        while (values.next()) {
            all.add(new String(values.readAllBytes(), StandardCharsets.UTF_8));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100_000})
    void linesEndAtTheirEnd(int atATime) throws Exception {
        String text = "{\"a\":1}\n\n  {\"b\":\"" + "x".repeat(40_000) + "\"}\r\n{broken\n{\"c\":3}";

        assertThat(all(JsonValues.ofLines(bytes(text, atATime))))
                .containsExactly("{\"a\":1}", "{\"b\":\"" + "x".repeat(40_000) + "\"}\r", "{broken", "{\"c\":3}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100_000})
    void elementsEndAtTheirEnd(int atATime) throws Exception {
        String text = "  [ {\"a\":[1,{\"x\":\"]}\\\"\"}]} ,\n{\"b\":2},3 , \"four,]\"]},\"more\":[5]}";

        assertThat(all(JsonValues.ofArray(bytes(text, atATime))))
                .containsExactly("{\"a\":[1,{\"x\":\"]}\\\"\"}]}", "{\"b\":2}", "3 ", "\"four,]\"");
    }

    @Test
    void whatIsNotReadIsPassedOver() throws Exception {
        JsonValues values = JsonValues.ofLines(bytes("{\"a\":\"" + "x".repeat(100_000) + "\"}\n{\"b\":2}\n", 1000));

        assertThat(values.next()).isTrue();
        assertThat(values.read()).isEqualTo('{');
        assertThat(values.next()).isTrue();
        assertThat(values.readAllBytes()).asString().isEqualTo("{\"b\":2}");
        assertThat(values.isWhole()).isTrue();
        assertThat(values.next()).isFalse();
    }

    @Test
    void aLastLineWithoutEndIsNotWhole() throws Exception {
        JsonValues values = JsonValues.ofLines(bytes("{\"key\":\"k1\",\"response\":{", 7));

        values.next();
        values.readAllBytes();

        assertThat(values.isWhole()).isFalse();
        assertThat(values.beginning()).isEqualTo("{\"key\":\"k1\",\"response\":{");
    }

    @Test
    void nothingIsNoValue() throws Exception {
        assertThat(JsonValues.ofLines(bytes(" \n", 10)).next()).isFalse();
        assertThat(JsonValues.ofArray(bytes("[ ]", 10)).next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "[ 1", "[1,", "[{\"a\":1}", "[{\"a\":1},  "})
    void anArrayWithoutEndIsCutOff(String text) {
        assertThatThrownBy(() -> all(JsonValues.ofArray(bytes(text, 3)))).isInstanceOf(EOFException.class);
    }
}

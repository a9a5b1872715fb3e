package io.github.camelgemini.emulator.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How texts are lettered on pictures. */
class LetteringTest {

    private static List<String> words(String text) {
        return List.of(text.split("\\s+", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "A photorealistic Weihnachtsbaumbeleuchtung,       86, 81",
        "Donaudampfschifffahrtsgesellschaft at dawn,       86, 81",
        "An extraordinarily-decorated Kathedrale,          86, 40",
        "Большая достопримечательностей площадь,           86, 750"
    })
    void wordIsMadeSmallerRatherThanBroken(String text, double width, double height) {
        Painter.Text fitted = Painter.fit(text, width, height, 11);

        assertThat(fitted.lines().stream().flatMap(line -> words(line).stream()))
                .containsExactlyElementsOf(words(text));
        assertThat(fitted.lines()).allSatisfy(line -> assertThat(Lettering.width(line) * fitted.em())
                .isLessThanOrEqualTo(width + 1e-6));
    }

    @Test
    void addressThatIsBrokenDoesNotBreakTheWordsBesideIt() {
        String words = "Die photorealistische Weihnachtsbaumbeleuchtung";

        Painter.Text fitted = Painter.fit(words + " https://example.org/" + "a/very/long/path/".repeat(6), 86, 81, 11);

        assertThat(fitted.lines().stream().flatMap(line -> words(line).stream()))
                .startsWith(words(words).toArray(String[]::new));
    }

    @Test
    void addressThatIsMuchTooLongIsBrokenAndStaysReadable() {
        String address = "https://example.org/" + "abcdefgh/".repeat(20);

        Painter.Text fitted = Painter.fit("see " + address, 100, 100, 11);

        assertThat(String.join("", fitted.lines())).isEqualTo("see" + address);
        assertThat(fitted.em()).isGreaterThan(4);
    }

    @ParameterizedTest
    @CsvSource({
        "one two three, 20, one two three",
        "one two three, 9,  one two…",
        "one two three, 7,  one two…",
        "onetwothree,   5,  onetw…"
    })
    void textIsShortenedAfterAWord(String text, int letters, String shortened) {
        assertThat(Words.shortened(text, letters)).isEqualTo(shortened);
    }

    @Test
    void letterOfTwoHalvesIsNotCutInTwo() {
        assertThat(Words.shortened("🦊".repeat(20), 5)).isEqualTo("🦊🦊…");
    }
}

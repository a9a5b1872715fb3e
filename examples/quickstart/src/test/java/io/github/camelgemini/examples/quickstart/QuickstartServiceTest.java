package io.github.camelgemini.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who draws, and what is said before it costs. */
class QuickstartServiceTest {

    @ParameterizedTest
    @ValueSource(strings = {"GEMINI_API_KEY", "GOOGLE_API_KEY"})
    void keyMeansGoogle(String variable) {
        try (DrawingService service = DrawingService.choose(Map.of(variable, "secret-key"))) {
            assertThat(service.options()).containsExactlyEntriesOf(Map.of("apiKey", "secret-key"));
            assertThat(service.introduction(6))
                    .startsWith(variable + " is set, so Google draws the pictures and bills you about $")
                    .contains(" for 6 pictures of 2K");
            assertThat(service.introduction(6) + service.bill(0.6) + service).doesNotContain("secret-key");
        }
    }

    @Test
    void googleApiKeyWinsAsInGooglesOwnClients() {
        Map<String, String> both = Map.of("GEMINI_API_KEY", "other", "GOOGLE_API_KEY", "taken");

        try (DrawingService service = DrawingService.choose(both)) {
            assertThat(service.options()).containsEntry("apiKey", "taken");
        }
    }

    @Test
    void noKeyOrABlankOneMeansTheEmulator() {
        try (DrawingService service = DrawingService.choose(Map.of("GEMINI_API_KEY", " "))) {
            assertThat(service.options().get("baseUrl")).startsWith("http://localhost:");
            assertThat(service.introduction(1)).contains("The emulator draws", "no key, no network, no cost");
            assertThat(service.bill(0.1)).contains("$0.10").contains("The emulator cost nothing");
        }
    }
}

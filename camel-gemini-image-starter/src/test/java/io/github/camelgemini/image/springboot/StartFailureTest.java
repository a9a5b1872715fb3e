package io.github.camelgemini.image.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What people read when their application does not start. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {

    @Test
    void missingKeyIsExplainedWithTheWaysToAuthenticate(CapturedOutput output) {
        assertThat(explanation(output))
                .contains("The route 'poster' cannot start: No API key")
                .contains("Choose one way to authenticate:")
                .contains("camel.component.gemini-image.api-key")
                .contains("GEMINI_API_KEY")
                .contains("camel.component.gemini-image.emulator.enabled=true")
                .doesNotContain("Written as properties");
    }

    @Test
    void keyThatIsAnUndefinedPlaceholderIsExplainedWithThePlaceOfTheProperty(CapturedOutput output) {
        assertThat(explanation(output, "api-key=${NOT_DEFINED_ANYWHERE}"))
                .contains(
                        "The route 'poster' cannot start: apiKey '${NOT_DEFINED_ANYWHERE}' is an unresolved placeholder")
                .contains("camel.component.gemini-image.api-key (")
                .contains("Choose one way to authenticate:");
    }

    @Test
    void contradictoryCredentialsAreExplainedWithThePlacesOfTheProperties(CapturedOutput output) {
        assertThat(explanation(output, "api-key=very-secret", "service-account-key=file:key.json", "project=p"))
                .contains("The route 'poster' cannot start: apiKey and serviceAccountKey cannot be used together")
                .contains("camel.component.gemini-image.api-key (\"camel.component.gemini-image.api-key\" from property"
                        + " source \"commandLineArgs\")")
                .contains("camel.component.gemini-image.service-account-key (")
                .contains("Choose one way to authenticate:")
                .doesNotContain("camel.component.gemini-image.aspect-ratio");
    }

    @Test
    void unreadableServiceAccountKeyIsExplained(CapturedOutput output) {
        assertThat(explanation(output, "project=p", "service-account-key=file:/nowhere/key.json"))
                .contains("The route 'poster' cannot start: serviceAccountKey is not a readable service account key")
                .contains("camel.component.gemini-image.service-account-key (")
                .contains("Choose one way to authenticate:");
    }

    @Test
    void wrongOptionIsExplainedWithThePlaceOfItsProperty(CapturedOutput output) {
        assertThat(explanation(output, "api-key=very-secret", "aspect-ratio=7:1"))
                .contains("The route 'poster' cannot start: ", "aspectRatio '7:1' must be")
                .contains("camel.component.gemini-image.aspect-ratio (")
                .contains("Correct the option")
                .doesNotContain("Choose one way to authenticate");
    }

    /** Spring Boot reads YAML 1.1, where 16:9 is a number on the base of 60, and OFF is false. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            aspect-ratio: 16:9               | aspectRatio '969' must be       | quote it: "16:9"
            aspect-ratio: 4:3                | aspectRatio '243' must be       | quote it: "4:3"
            safety-threshold: OFF            | safetyThreshold 'false' must be | quote it: "OFF"
            safety-threshold: off            | safetyThreshold 'false' must be | quote it: "OFF"
            safety-settings: {harassment: OFF} | must be one of OFF            | quote it: "OFF"
            """)
    void valueThatYamlMisreadsIsToldAsItWasMeant(
            String line, String wrong, String right, @TempDir Path folder, CapturedOutput output) throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("misread.yml"), "camel.component.gemini-image:\n  api-key: none\n  " + line + "\n");

        assertThat(catchThrowable(() -> new SpringApplicationBuilder(PosterApplication.class)
                        .run("--spring.config.additional-location=" + yaml.toUri())
                        .close()))
                .isNotNull();
        assertThat(output.getAll()).contains("APPLICATION FAILED TO START", wrong, right);
    }

    @Test
    void keyIsNotInWhatIsLogged(CapturedOutput output) {
        explanation(output, "api-key=very-secret", "service-account-key=file:key.json", "project=p");

        assertThat(output.getAll()).doesNotContain("very-secret");
    }

    /** What Spring Boot says instead of a stack trace. */
    private static String explanation(CapturedOutput output, String... properties) {
        assertThat(catchThrowable(() -> PosterApplication.start(properties).close()))
                .as("failure of the start")
                .isNotNull();
        assertThat(output.getAll()).contains("APPLICATION FAILED TO START");
        return output.getAll().substring(output.getAll().indexOf("APPLICATION FAILED TO START"));
    }
}

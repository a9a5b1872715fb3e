package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.error.InvalidRequestException;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Kamelets of the component's jar, in routes that know nothing else of it. */
class KameletTest {

    private static final String OPTION = "camel.component.gemini-image.";
    private static final String KEY = "marked-key-4711";

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    private final Main main = new Main();

    @BeforeEach
    void connect() {
        main.addInitialProperty(OPTION + "baseUrl", EMULATOR.baseUrl());
        main.addInitialProperty(OPTION + "apiKey", "test-key");
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void promptGoesInAndPictureComesOut() throws Exception {
        startYaml();

        main.getCamelTemplate().sendBody("direct:draw", "A T-Rex relaxing on a beach");

        assertThat(picture()).isEqualTo("image/jpeg 1376x768");
        assertThat(request().prompt()).isEqualTo("A T-Rex relaxing on a beach");
    }

    @Test
    void pictureIsChangedAsThePromptSaysWhateverCharactersItHas() throws Exception {
        startYaml();

        main.getCamelTemplate().sendBody("direct:edit", Pictures.draw("png", 300, 200));

        assertThat(picture()).isEqualTo("image/jpeg 1264x848");
        assertThat(request().prompt()).isEqualTo("Black & white, 50% larger + a \"frame\" (oak); who? #1");
        assertThat(request().pictures()).hasSize(1);
    }

    @Test
    void pictureOutlivesTheKameletHoweverLargeItIs() throws Exception {
        main.addInitialProperty(OPTION + "spoolThreshold", "1");
        startYaml();

        main.getCamelTemplate().sendBody("direct:draw", "A cat");

        assertThat(picture()).isEqualTo("image/jpeg 1376x768");
    }

    @Test
    void optionsOfTheComponentCountWhereTheKameletSaysNothing() throws Exception {
        main.addInitialProperty(OPTION + "imageSize", "2K");
        main.addInitialProperty(OPTION + "systemInstruction", "Flat colours");
        startYaml();

        main.getCamelTemplate().sendBody("direct:draw", "A cat");

        assertThat(picture()).isEqualTo("image/jpeg 2752x1536");
        assertThat(request().body().at("/systemInstruction/parts/0/text").asText())
                .isEqualTo("Flat colours");
    }

    @Test
    void headerOfTheMessageWinsOverThePropertyOfTheKamelet() throws Exception {
        main.start();

        main.getCamelTemplate()
                .requestBodyAndHeader(
                        "kamelet:gemini-image-action?prompt=A cat&imageSize=512",
                        null,
                        GeminiImageHeaders.PROMPT,
                        "A dog");

        assertThat(request().prompt()).isEqualTo("A dog");
    }

    @Test
    void wrongValueStopsTheStartAndIsNamed() throws Exception {
        main.start();

        assertThatThrownBy(() -> call("kamelet:gemini-image-action?aspectRatio=7:5"))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasStackTraceContaining("aspectRatio '7:5' must be one of 1:1, ");
        assertThatThrownBy(() -> call("kamelet:gemini-image-action?imageSize=9K&apiKey=" + KEY))
                .hasStackTraceContaining(InvalidRequestException.class.getName())
                .hasStackTraceContaining("option imageSize '9K' must be one of 512, 1K, 2K, 4K")
                .satisfies(failure -> {
                    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain(KEY);
                    }
                });
        assertThat(EMULATOR.requests()).isEmpty();
    }

    @Test
    void editingWithoutAPromptIsRefused() throws Exception {
        main.start();

        assertThatThrownBy(() -> call("kamelet:gemini-image-edit-action"))
                .hasStackTraceContaining("mandatory parameters must be provided: prompt");
    }

    private void startYaml() throws Exception {
        main.configure().withRoutesIncludePattern("classpath:routes/kamelets.camel.yaml");
        main.start();
    }

    private void call(String uri) throws Exception {
        main.getCamelTemplate().requestBody(uri, "A cat");
    }

    private String picture() throws Exception {
        MockEndpoint pictures = main.getCamelContext().getEndpoint("mock:pictures", MockEndpoint.class);
        assertThat(pictures.getExchanges()).hasSize(1);
        return Pictures.describe(pictures.getExchanges().get(0).getMessage().getBody(byte[].class));
    }

    private static ReceivedRequest request() {
        assertThat(EMULATOR.requests()).hasSize(1);
        return EMULATOR.requests().get(0);
    }
}

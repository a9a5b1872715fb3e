package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

        assertThat(picture("direct:draw", "A T-Rex relaxing on a beach")).isEqualTo("image/jpeg 1376x768");
        assertThat(request().prompt()).isEqualTo("A T-Rex relaxing on a beach");
    }

    @Test
    void pictureIsChangedAsThePromptSaysWhateverCharactersItHas() throws Exception {
        startYaml();

        assertThat(picture("direct:edit", Pictures.draw("png", 300, 200))).isEqualTo("image/jpeg 1264x848");
        assertThat(request().prompt()).isEqualTo("Black & white, 50% larger + a \"frame\" (oak); who? #1");
        assertThat(request().pictures()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:draw", "direct:edit"})
    void largePictureComesOutAsFile(String start) throws Exception {
        main.addInitialProperty(OPTION + "spoolThreshold", "1");
        startYaml();
        List<Object> bodies = new ArrayList<>();
        pictures().whenAnyExchangeReceived(exchange -> {
            GeneratedImage picture = (GeneratedImage) exchange.getMessage().getBody();
            assertThat(picture.inMemory()).isFalse();
            bodies.add(exchange.getMessage().getBody(byte[].class));
            assertThat(spoolFiles()).isPositive();
        });

        main.getCamelTemplate().sendBody(start, List.of("brighter", Pictures.draw("png", 300, 200)));

        assertThat(bodies).hasSize(1);
        assertThat(Pictures.describe((byte[]) bodies.get(0))).startsWith("image/jpeg 1");
    }

    /** With another Kamelet in it, and in routes by it. */
    @ParameterizedTest
    @ValueSource(strings = {"kamelet:house-style-action", "direct:eip", "direct:enrich"})
    void largePictureOutlivesAKameletOfTheUsersOwn(String uri) throws Exception {
        main.addInitialProperty(OPTION + "spoolThreshold", "0");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").toD("${header.uri}").to("mock:pictures");
                from("direct:eip")
                        .kamelet("house-style-action?size=512")
                        .to("log:drawn")
                        .end();
                from("direct:enrich").enrich("kamelet:house-style-action");
            }
        });
        main.start();
        List<String> seen = new ArrayList<>();
        pictures().whenAnyExchangeReceived(exchange -> {
            GeneratedImage picture = (GeneratedImage) exchange.getMessage().getBody();
            assertThat(picture.inMemory()).isFalse();
            seen.add(Pictures.describe(picture.newInputStream().readAllBytes()));
        });

        main.getCamelTemplate().sendBodyAndHeader("direct:start", "A cat", "uri", uri);

        assertThat(seen).singleElement().asString().startsWith("image/jpeg ");
    }

    @Test
    void optionsOfTheComponentCountWhereTheKameletSaysNothing() throws Exception {
        main.addInitialProperty(OPTION + "imageSize", "2K");
        main.addInitialProperty(OPTION + "systemInstruction", "Flat colours");
        startYaml();

        assertThat(picture("direct:draw", "A cat")).isEqualTo("image/jpeg 2752x1536");
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

    private String picture(String uri, Object body) throws Exception {
        return Pictures.describe(main.getCamelTemplate().requestBody(uri, body, byte[].class));
    }

    private MockEndpoint pictures() {
        return main.getCamelContext().getEndpoint("mock:pictures", MockEndpoint.class);
    }

    private int spoolFiles() {
        return main.getCamelContext()
                .getComponent("gemini-image", GeminiImageComponent.class)
                .getSpoolFiles();
    }

    private static ReceivedRequest request() {
        assertThat(EMULATOR.requests()).hasSize(1);
        return EMULATOR.requests().get(0);
    }
}

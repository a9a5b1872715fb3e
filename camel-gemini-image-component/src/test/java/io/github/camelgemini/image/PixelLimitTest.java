package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.MalformedResponseException;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pixels are counted before they are decoded, by the decoder that would. */
class PixelLimitTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    static Stream<Arguments> bombs() {
        return Stream.of(
                Arguments.of("PNG", Bombs.png(9_000, 9_000)),
                Arguments.of("GIF whose frame is larger than its screen", Bombs.gif(9_000, 9_000)),
                Arguments.of("JPEG whose header hides behind a marker without parameters", Bombs.jpeg(9_000, 9_000)));
    }

    private void answers(byte[] picture) {
        String json =
                "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""
                        + Base64.getEncoder().encodeToString(picture) + "\"}}]},\"finishReason\":\"STOP\"}]}";
        routes.emulator().on(RequestMatcher.any()).answer(Fault.rawBody(200, "application/json", json));
    }

    private Exchange decoded(String options) throws Exception {
        RouteBuilder.addRoutes(routes.context(), b -> b.from("direct:decoded")
                .to("gemini-image:generate" + options)
                .convertBodyTo(BufferedImage.class));
        return routes.send("direct:decoded", "a cat");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void isNotConvertedToAnotherFormat(String name, byte[] picture) {
        answers(picture);

        String format = name.equals("PNG") ? "jpeg" : "png";
        MalformedResponseException failure = routes.failure(
                "gemini-image:generate?maxRetries=0&outputFormat=" + format,
                "a cat",
                Map.of(),
                MalformedResponseException.class);

        assertThat(failure)
                .hasMessageContaining("9000x9000 pixels are more than the option maxPixels allows")
                .hasMessageContaining("maxPixels");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void isNotDecodedForARoute(String name, byte[] picture) throws Exception {
        answers(picture);

        assertThat(decoded("").getException())
                .hasStackTraceContaining("9000x9000 pixels are more than the option maxPixels allows");
    }

    @Test
    void theLimitIsAnOption() throws Exception {
        answers(Bombs.png(100, 100));

        assertThat(decoded("?maxPixels=9999").getException())
                .hasStackTraceContaining("100x100 pixels are more than the option maxPixels allows");
    }

    @Test
    void upToTheLimitItIsDecoded() throws Exception {
        answers(Bombs.png(100, 100));

        Exchange exchange = decoded("?maxPixels=10000");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(BufferedImage.class).getWidth())
                .isEqualTo(100);
    }
}

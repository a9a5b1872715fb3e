package io.github.camelgemini.docs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.docs.routes.FirstRoute;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageHeaders;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

// tag::test[]
class PicturesRouteTest extends CamelTestSupport {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    static Path pictures;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        GeminiImageComponent component = context.getComponent("gemini-image", GeminiImageComponent.class);
        component.useEmulator(EMULATOR.baseUrl());
        component.getConfiguration().setRetryInitialDelay(10);
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new FirstRoute();
    }

    @Test
    void theApiIsAskedForWhatTheRouteSays() {
        Exchange exchange = draw("A lighthouse");

        GeneratedImage picture = exchange.getMessage().getBody(GeneratedImage.class);
        assertThat(picture.mimeType()).isEqualTo("image/jpeg");
        assertThat(picture.width()).isEqualTo(2752);

        ReceivedRequest request = EMULATOR.requests().get(0);
        assertThat(request.prompt()).isEqualTo("A lighthouse");
        assertThat(request.body().at("/generationConfig/imageConfig/imageSize").asText())
                .isEqualTo("2K");
    }

    @Test
    void aRateLimitIsWaitedOut() {
        EMULATOR.next(Fault.rateLimited(Duration.ofMillis(50)));

        Exchange exchange = draw("A lighthouse");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.ATTEMPTS)).isEqualTo(2);
    }

    @Test
    void aBlockedPromptFailsAtOnce() {
        EMULATOR.on(RequestMatcher.prompt("forbidden")).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));

        Exchange exchange = draw("Something forbidden");

        assertThat(exchange.getException()).isInstanceOf(PromptBlockedException.class);
        assertThat(EMULATOR.requests()).hasSize(1);
    }

    private Exchange draw(String prompt) {
        return template.request("direct:draw", exchange -> exchange.getMessage().setBody(prompt));
    }

    /** Where the route writes to. */
    @Override
    protected Properties useOverridePropertiesWithPropertiesComponent() {
        Properties properties = new Properties();
        properties.setProperty("pictures", pictures.toString());
        return properties;
    }
}
// end::test[]

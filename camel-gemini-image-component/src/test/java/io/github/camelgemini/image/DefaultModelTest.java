package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.RateLimitException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A default model that is gone at the service: its successor draws where nobody chose the model. */
class DefaultModelTest {

    private static final String DEFAULT = "gemini-3.1-flash-image";
    private static final String SUCCESSOR = "gemini-nano-banana-2.1";
    private static final String LITE = "gemini-3.1-flash-lite-image";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private void defaultEnds() {
        routes.emulator().on(RequestMatcher.model(DEFAULT)).answer(Fault.modelNotFound());
    }

    private static void drawnBy(String model, Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.RESPONSE_MODEL))
                .isEqualTo(model);
    }

    private static void refused(Exchange exchange) {
        assertThat(exchange.getException())
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining(DEFAULT)
                .hasMessageContaining(SUCCESSOR);
    }

    private List<String> asked() {
        return routes.emulator().requests().stream().map(ReceivedRequest::model).toList();
    }

    @Test
    void successorDrawsFromTheMessageOnThatFindsTheDefaultGone() {
        drawnBy(DEFAULT, routes.send("gemini-image:generate", "before"));
        defaultEnds();

        for (int i = 0; i < 3; i++) {
            drawnBy(SUCCESSOR, routes.send("gemini-image:generate", "after " + i));
        }

        assertThat(asked()).containsExactly(DEFAULT, DEFAULT, SUCCESSOR, SUCCESSOR, SUCCESSOR);
    }

    @Test
    void whatTheSuccessorDoesNotTakeIsLeftOut() {
        defaultEnds();

        drawnBy(SUCCESSOR, routes.send("gemini-image:generate?topK=10&seed=7", "a cat"));
    }

    @Test
    void whatTheSuccessorCannotDrawFailsAndNamesIt() {
        defaultEnds();

        refused(routes.send("gemini-image:generate?imageSize=512", "a cat"));
    }

    @Test
    void modelThatTheRouteNamesIsNotReplaced() {
        defaultEnds();

        refused(routes.send("gemini-image:generate?model=" + DEFAULT, "a cat"));
        assertThat(asked()).containsExactly(DEFAULT);
    }

    @Test
    void modelThatTheComponentNamesIsNotReplaced() {
        routes.context()
                .getComponent("gemini-image", GeminiImageComponent.class)
                .getConfiguration()
                .setModel(DEFAULT);
        defaultEnds();

        refused(routes.send("gemini-image:generate", "a cat"));
    }

    @Test
    void modelThatAMessageNamesIsNotReplaced() {
        defaultEnds();

        refused(routes.send("gemini-image:generate", "a cat", Map.of(GeminiImageHeaders.MODEL, DEFAULT)));
        refused(routes.send("gemini-image:generate", "{\"prompt\": \"a cat\", \"model\": \"" + DEFAULT + "\"}"));
        assertThat(asked()).doesNotContain(SUCCESSOR);
    }

    @Test
    void successorThatIsAFallbackDoesNotStayWhereTheDefaultWasOnlyBusy() {
        String uri = "gemini-image:generate?maxRetries=0&fallbackModels=" + SUCCESSOR;
        routes.emulator().next(Fault.overloaded());

        drawnBy(SUCCESSOR, routes.send(uri, "while it is busy"));
        drawnBy(DEFAULT, routes.send(uri, "afterwards"));
    }

    @Test
    void successorThatFailsAsWellIsWhatFails() {
        defaultEnds();
        routes.emulator().on(RequestMatcher.model(SUCCESSOR)).answer(Fault.rateLimited(Duration.ofMinutes(9)));

        assertThat(routes.send("gemini-image:generate?maxRetries=0", "a cat").getException())
                .isInstanceOf(RateLimitException.class);
    }

    @Test
    void conversationIsBegunAndGoesOnWithTheSuccessor() {
        defaultEnds();

        drawnBy(SUCCESSOR, routes.send("gemini-image:chat?conversationId=logo", "a cat"));
        drawnBy(SUCCESSOR, routes.send("gemini-image:chat?conversationId=logo", "make it blue"));
    }

    @Test
    void fallbackModelsComeBeforeTheSuccessor() {
        defaultEnds();

        drawnBy(LITE, routes.send("gemini-image:generate?fallbackModels=" + LITE, "a cat"));
    }
}

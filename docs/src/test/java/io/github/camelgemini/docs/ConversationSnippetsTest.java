package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.docs.routes.ConversationRoutes;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import io.github.camelgemini.image.GeminiImageHeaders;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The routes of the page about conversations do what it says. */
class ConversationSnippetsTest {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        EMULATOR.on(RequestMatcher.any()).answer(Fault.pixels(64, 64));
        GeminiImageConfiguration options =
                context.getComponent("gemini-image", GeminiImageComponent.class).getConfiguration();
        options.setBaseUrl(EMULATOR.baseUrl());
        options.setApiKey("any");
        context.addRoutes(new ConversationRoutes(folder));
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void send(String uri, Object body, Map<String, Object> headers) throws Exception {
        Exchange exchange = context.createFluentProducerTemplate()
                .to(uri)
                .withBody(body)
                .withHeaders(headers)
                .send();
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    private int turnsSent(int request) {
        return EMULATOR.requests().get(request).body().path("contents").size();
    }

    private Exchange last(String mock) {
        MockEndpoint endpoint = context.getEndpoint(mock, MockEndpoint.class);
        return endpoint.getExchanges().get(endpoint.getExchanges().size() - 1);
    }

    @Test
    void aConversationIsKeptByItsIdAndUndone() throws Exception {
        Map<String, Object> poster = Map.of("user", "ada", "poster", "7");
        send("direct:edit", "A poster of a fern", poster);
        send("direct:edit", "Make it winter", poster);
        send("direct:edit", "A poster of a fern", Map.of("user", "ada", "poster", "8"));
        send("direct:undo", "this button has no text", poster);
        send("direct:edit", "Make it autumn", poster);

        assertThat(EMULATOR.requests()).hasSize(4);
        assertThat(turnsSent(1)).isEqualTo(3);
        assertThat(turnsSent(2)).isEqualTo(1);
        assertThat(turnsSent(3)).isEqualTo(3);
        assertThat(last("mock:undone").getMessage().getHeader(GeminiImageHeaders.CONVERSATION_TURNS))
                .isEqualTo(1);
        assertThat(last("mock:undone").getMessage().getHeader(Exchange.CONTENT_TYPE))
                .isEqualTo("image/jpeg");
    }

    @Test
    void aConversationIsKeptInAFile() throws Exception {
        send("direct:durable", "A poster of a fern", Map.of("poster", "7"));
        send("direct:durable", "Make it winter", Map.of("poster", "7"));

        assertThat(turnsSent(1)).isEqualTo(3);
        assertThat(folder.resolve("conversations")).isDirectoryContaining("glob:**.json");
    }

    @Test
    void aConversationIsBroughtAlong() throws Exception {
        send("direct:turn", "A poster of a fern", Map.of("poster", "7"));
        send("direct:next-turn", "Make it winter", Map.of("poster", "7"));
        send("direct:next-turn", "Add snow", Map.of("poster", "7"));

        assertThat(turnsSent(1)).isEqualTo(3);
        assertThat(turnsSent(2)).isEqualTo(5);
    }

    @Test
    void progressIsToldWithTheHeadersOfTheMessage() throws Exception {
        send("direct:watched", "A fern", Map.of("browser", "b1"));

        MockEndpoint progress = context.getEndpoint("mock:progress", MockEndpoint.class);
        await().until(() -> progress.getExchanges().stream()
                .anyMatch(e -> "done".equals(e.getMessage().getHeader(GeminiImageHeaders.PROGRESS))));
        assertThat(progress.getExchanges())
                .allSatisfy(e -> assertThat(e.getMessage().getHeader("browser")).isEqualTo("b1"))
                .hasSizeGreaterThan(4);
    }
}

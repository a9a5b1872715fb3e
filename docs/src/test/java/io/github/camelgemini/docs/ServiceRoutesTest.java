package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.docs.routes.ConversationRoutes;
import io.github.camelgemini.docs.routes.Snippets;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Twelve routes of this documentation by each service, changed by the option {@code service} alone. */
class ServiceRoutesTest {

    private static final Path PAGE = Path.of("src/docs/asciidoc/_service-routes.adoc");
    private static final Path WRITTEN = Path.of("target/service-routes.adoc");
    private static final List<String> SERVICES = List.of("google", "anyfast", "aimlapi", "inferencesh", "gmi");

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    private Path folder;

    private HttpServer web;
    private Map<String, Object> clothes;

    /**
     * A route of the documentation.
     *
     * @param from where it begins
     * @param does what it does, for the table
     * @param to where its message comes out
     * @param calls how many pictures are asked for
     * @param references how many pictures go along with the last of these calls
     * @param came looks at the message that comes out
     */
    private record Case(
            String from,
            String does,
            Object body,
            Map<String, Object> headers,
            String to,
            int calls,
            int references,
            Consumer<Message> came) {}

    @BeforeEach
    void serveClothes() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            byte[] picture = SnippetsTest.picture(30, 40);
            exchange.getResponseHeaders().add("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, picture.length);
            exchange.getResponseBody().write(picture);
            exchange.close();
        });
        web.start();
        String url = "http://127.0.0.1:" + web.getAddress().getPort();
        clothes = Map.of("person", url + "/anna", "garment", url + "/red-coat");
    }

    @AfterEach
    void stopServing() {
        web.stop(0);
    }

    private List<Case> cases() {
        byte[] photograph = SnippetsTest.picture(30, 40);
        Consumer<Message> picture = message ->
                assertThat(message.getBody(GeneratedImage.class).width()).isPositive();
        return List.of(
                new Case("direct:draw", "a prompt", "A harbour", Map.of(), "mock:drawn", 1, 0, picture),
                new Case("direct:banner", "21:9, by header", "A banner", Map.of(), "mock:banner", 1, 0, picture),
                new Case("direct:brand", "a picture and a logo", photograph, Map.of(), "mock:branded", 1, 2, picture),
                new Case(
                        "direct:dress",
                        "references by URL",
                        "Put this coat on her",
                        clothes,
                        "mock:dressed",
                        1,
                        2,
                        picture),
                new Case(
                        "direct:variants",
                        "three pictures",
                        "A mug",
                        Map.of(),
                        "mock:variants",
                        3,
                        0,
                        message -> assertThat(message.getBody(List.class))
                                .hasSize(3)
                                .allMatch(GeneratedImage.class::isInstance)),
                new Case(
                        "direct:weather-map",
                        "Google Search",
                        "The weather",
                        Map.of(),
                        "mock:weather-map",
                        1,
                        0,
                        picture),
                new Case(
                        "direct:draw-and-edit",
                        "draw, then edit that",
                        "A harbour",
                        Map.of(),
                        "mock:night",
                        2,
                        1,
                        picture),
                new Case("direct:png", "PNG", "A harbour", Map.of(), "mock:png", 1, 0, message -> assertThat(
                                message.getBody(GeneratedImage.class).mimeType())
                        .isEqualTo("image/png")),
                new Case("direct:html", "512 pixels", "A harbour", Map.of(), "mock:html", 1, 0, message -> assertThat(
                                message.getBody(String.class))
                        .startsWith("<img src='data:image/")),
                new Case("direct:mail", "attachments", "A T-Rex", Map.of(), "mock:mail", 2, 0, message -> assertThat(
                                message.getExchange()
                                        .getMessage(AttachmentMessage.class)
                                        .getAttachmentNames())
                        .hasSize(2)),
                new Case("direct:thoughts", "thoughts", "A harbour", Map.of(), "mock:thoughts", 1, 0, picture),
                new Case(
                        "direct:turn",
                        "a conversation",
                        "A harbour",
                        Map.of("poster", "p"),
                        "mock:pictures",
                        1,
                        0,
                        picture));
    }

    @Test
    void drawByEachServiceOrAreRefusedWithTheSentenceOfThePage() throws Exception {
        StringBuilder page = new StringBuilder("// Written by ServiceRoutesTest: what happened in its last run.\n");
        page.append("\n[cols=\"2,3,3,3,3,3\",options=\"header\"]\n|===\n|Route");
        SERVICES.forEach(service -> page.append(" |`").append(service).append("`"));
        page.append("\n");
        for (Case each : cases()) {
            page.append("\n|")
                    .append(each.does())
                    .append(" (`")
                    .append(each.from())
                    .append("`)\n");
            for (String service : SERVICES) {
                page.append("|").append(outcome(each, service)).append("\n");
            }
        }
        page.append("|===\n");
        Files.createDirectories(WRITTEN.getParent());
        Files.writeString(WRITTEN, page);

        assertThat(page)
                .as("What happened is not what the page says. If it is right: cp docs/target/service-routes.adoc docs/"
                        + PAGE)
                .hasToString(Files.exists(PAGE) ? Files.readString(PAGE) : "");
    }

    private String outcome(Case each, String service) throws Exception {
        EMULATOR.clear();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            GeminiImageComponent component = context.getComponent("gemini-image", GeminiImageComponent.class);
            component.useEmulator(EMULATOR.baseUrl());
            component.getConfiguration().setService(service);
            component.getConfiguration().setAllowPrivateReferences(true);
            Properties properties = new Properties();
            properties.setProperty("picture-hosts", "127.0.0.1");
            properties.setProperty("pictures", folder.resolve(service).toString());
            properties.setProperty("mail", "mock:mail");
            context.getPropertiesComponent().setInitialProperties(properties);
            context.getCamelContextExtension().getContextPlugin(Model.class).setRouteFilterPattern(each.from(), null);
            try {
                for (RouteBuilder routes : List.of(new Snippets(), new ConversationRoutes(folder))) {
                    context.addRoutes(routes);
                }
                context.start();
            } catch (Exception e) {
                return refused(e);
            }
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(each.body());
            exchange.getMessage().setHeaders(new java.util.HashMap<>(each.headers()));
            Exchange done = context.createProducerTemplate().send(each.from(), exchange);
            Exception failure = Optional.ofNullable(done.getException())
                    .orElse(done.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
            if (failure != null) {
                return refused(failure);
            }
            List<Exchange> came =
                    context.getEndpoint(each.to(), MockEndpoint.class).getExchanges();
            assertThat(came).as("%s by %s", each.from(), service).hasSize(1);
            each.came().accept(came.get(0).getMessage());
            List<ReceivedRequest> calls = EMULATOR.requests().stream()
                    .filter(request ->
                            request.prompt() != null && !request.prompt().isBlank())
                    .toList();
            assertThat(calls)
                    .as("%s by %s", each.from(), service)
                    .hasSize(each.calls())
                    .allMatch(call -> call.service().id().equals(service));
            assertThat(references(calls.get(calls.size() - 1))).isEqualTo(each.references());
            return "a picture";
        }
    }

    /** In the call itself, or uploaded before and named in it. */
    private static int references(ReceivedRequest call) {
        return call.pictures().size()
                + call.body().at("/input/images").size()
                + call.body().at("/payload/image").size();
    }

    private static String refused(Exception failure) {
        InvalidRequestException refusal = Stream.<Throwable>iterate(
                        failure, cause -> cause != null, Throwable::getCause)
                .filter(InvalidRequestException.class::isInstance)
                .map(InvalidRequestException.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("It was not refused but failed", failure));
        assertThat(EMULATOR.requests()).as("calls before it was refused").isEmpty();
        return "`+" + refusal.getMessage().replace("|", "\\|") + "+`";
    }
}

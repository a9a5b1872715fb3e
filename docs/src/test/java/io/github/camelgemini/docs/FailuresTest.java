package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelgemini.docs.routes.FailureRoutes;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import jakarta.activation.DataHandler;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A refused prompt is billed once, whatever endpoint it comes from. */
class FailuresTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @RegisterExtension
    static final GreenMailExtension MAIL =
            new GreenMailExtension(new ServerSetup[] {new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)});

    @TempDir
    Path folder;

    private final Main main = new Main();

    @BeforeEach
    void refuse() {
        EMULATOR.on(RequestMatcher.prompt("forbidden")).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void aFileThatFailsIsMovedAndThoseBehindItAreDrawn() throws Exception {
        Path prompts = Files.createDirectories(folder.resolve("prompts"));
        Files.writeString(prompts.resolve("1.txt"), "forbidden");

        start(new FailureRoutes.OfFiles());

        await().atMost(LIMIT).until(() -> Files.exists(prompts.resolve(".failed/1.txt")));
        Files.writeString(prompts.resolve("2.txt"), "A lighthouse");
        await().atMost(LIMIT).until(() -> Files.exists(prompts.resolve(".camel/2.txt")));
        assertThat(folder.resolve("pictures/2.jpg")).isNotEmptyFile();
        assertThat(prompts()).containsExactly("forbidden", "A lighthouse");
    }

    @Test
    void aMessageOfAQueueThatFailsIsADeadLetter() throws Exception {
        EmbeddedActiveMQ broker = broker();
        try {
            start(new FailureRoutes.OfQueues());

            main.getCamelTemplate().sendBody("jms:prompts", "forbidden");
            main.getCamelTemplate().sendBody("jms:prompts", "A lighthouse");

            assertThat(receive("jms:pictures", byte[].class)).startsWith(0xff, 0xd8);
            assertThat(receive("jms:prompts.failed", String.class)).isEqualTo("forbidden");
            assertThat(prompts()).containsExactly("forbidden", "A lighthouse");
        } finally {
            main.stop();
            broker.stop();
        }
    }

    @Test
    void withoutADeadLetterTheBrokerBringsItTenTimes() throws Exception {
        EmbeddedActiveMQ broker = broker();
        try {
            start(new RouteBuilder() {
                @Override
                public void configure() {
                    from("jms:prompts?transacted=true").to("gemini-image:generate");
                }
            });

            main.getCamelTemplate().sendBody("jms:prompts", "forbidden");
            main.getCamelTemplate().sendBody("jms:prompts", "A lighthouse");

            await().atMost(LIMIT)
                    .until(() -> prompts().contains("A lighthouse") && prompts().size() >= 11);
            assertThat(prompts()).hasSize(11);
        } finally {
            main.stop();
            broker.stop();
        }
    }

    @Test
    void aMailThatFailsIsPutAside() throws Exception {
        EMULATOR.on(RequestMatcher.any())
                .answer(Fault.promptBlocked("PROHIBITED_CONTENT"))
                .times(1);
        GreenMailUser user = MAIL.setUser("pictures@example.org", "secret");
        main.addInitialProperty(
                "imap-server",
                "imap:127.0.0.1:" + MAIL.getImap().getPort()
                        + "?username=pictures@example.org&password=secret&initialDelay=0&delay=100");
        user.deliver(mail());

        start(new FailureRoutes.OfMails());

        await().atMost(LIMIT).until(() -> mailsIn(user, "Failed") == 1 && mailsIn(user, "INBOX") == 0);
        user.deliver(mail());
        await().atMost(LIMIT).until(() -> pictures() == 1);
        assertThat(EMULATOR.requests()).hasSize(2);
    }

    @Test
    void aClientIsToldWhetherToTryAgain() throws Exception {
        EMULATOR.on(RequestMatcher.prompt("too busy")).answer(Fault.overloaded());
        EMULATOR.on(RequestMatcher.prompt("no key")).answer(Fault.invalidKey());
        int port = freePort();
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.port", "" + port);
        main.addInitialProperty("camel.component.gemini-image.maxRetries", "0");
        start(new FailureRoutes.OfHttp());

        HttpResponse<String> refused = post(port, "forbidden");
        HttpResponse<String> later = post(port, "too busy");
        HttpResponse<String> ours = post(port, "no key");
        HttpResponse<String> drawn = post(port, "A lighthouse");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("PROHIBITED_CONTENT");
        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.headers().firstValue("Retry-After")).contains("60");
        assertThat(ours.statusCode()).isEqualTo(500);
        assertThat(drawn.statusCode()).isEqualTo(200);
        assertThat(drawn.headers().firstValue("Content-Type")).contains("image/jpeg");
    }

    private void start(RoutesBuilder routes) throws Exception {
        main.configure().addRoutesBuilder(routes);
        main.addInitialProperty("camel.component.gemini-image.baseUrl", EMULATOR.baseUrl());
        main.addInitialProperty("camel.component.gemini-image.apiKey", "any-key");
        main.addInitialProperty("prompts", folder.resolve("prompts").toString());
        main.addInitialProperty("pictures", folder.resolve("pictures").toString());
        main.start();
    }

    private static List<String> prompts() {
        return EMULATOR.requests().stream().map(ReceivedRequest::prompt).toList();
    }

    private EmbeddedActiveMQ broker() throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(false);
        configuration.setSecurityEnabled(false);
        configuration.addAcceptorConfiguration("in-vm", "vm://0");
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        // A consumer template reads after its session is closed, which is too late for what Artemis calls large.
        main.bind(
                "jms", JmsComponent.jmsComponent(new ActiveMQConnectionFactory("vm://0?minLargeMessageSize=10485760")));
        return broker;
    }

    private <T> T receive(String queue, Class<T> type) throws Exception {
        return main.getCamelContext().createConsumerTemplate().receiveBody(queue, LIMIT.toMillis(), type);
    }

    private static MimeMessage mail() throws Exception {
        MimeBodyPart photograph = new MimeBodyPart();
        photograph.setDataHandler(new DataHandler(new ByteArrayDataSource(SnippetsTest.picture(30, 20), "image/png")));
        photograph.setFileName("chair.png");
        MimeMessage mail =
                new MimeMessage(GreenMailUtil.getSession(MAIL.getImap().getServerSetup()));
        mail.setFrom("anna@example.org");
        mail.setRecipients(MimeMessage.RecipientType.TO, "pictures@example.org");
        mail.setSubject("A chair");
        mail.setContent(new MimeMultipart(photograph));
        mail.saveChanges();
        return mail;
    }

    private static int mailsIn(GreenMailUser user, String name) throws Exception {
        MailFolder mailbox = MAIL.getManagers().getImapHostManager().getFolder(user, name);
        return mailbox == null ? 0 : mailbox.getMessageCount();
    }

    private long pictures() throws Exception {
        if (!Files.isDirectory(folder.resolve("pictures"))) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder.resolve("pictures"))) {
            return files.filter(file -> file.toString().endsWith(".jpg")).count();
        }
    }

    private static HttpResponse<String> post(int port, String prompt) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/picture"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(prompt))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

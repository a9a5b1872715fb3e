package io.github.camelgemini.examples.emaileditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.image.GeminiImageComponent;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** At the limit of the budget. */
@Timeout(120)
class BudgetTest {

    @Test
    void mailStaysUnreadWhileTheBudgetHasNoRoom() throws Exception {
        Main camel = new Main();
        try (MailServer server = new MailServer();
                GeminiEmulator emulator = GeminiEmulator.builder().start();
                AutoCloseable stop = camel::stop) {
            camel.configure().addRoutesBuilder(EditorRoutes.class);
            server.properties().forEach(camel::addOverrideProperty);
            Demonstration.emulatorProperties(emulator).forEach(camel::addOverrideProperty);
            camel.addOverrideProperty("poll-interval", "100");
            camel.addOverrideProperty("camel.component.gemini-image.budget", "0.001");
            camel.start();
            MimeMessage mail = DemoMails.about("Photo")
                    .text("Make it winter.")
                    .photograph("photo.jpg", 1)
                    .mail();

            server.send(mail);

            GeminiImageComponent component =
                    camel.getCamelContext().getComponent("gemini-image", GeminiImageComponent.class);
            await().atMost(Duration.ofSeconds(60)).until(() -> component.getBudgetRefused() >= 2);
            assertThat(server.isIn("INBOX", mail.getMessageID())).isTrue();
            assertThat(server.folder("INBOX")).noneMatch(BudgetTest::isSeen);
            assertThat(server.receivedByOthers()).isEmpty();
            assertThat(emulator.requests()).isEmpty();
        }
    }

    private static boolean isSeen(MimeMessage mail) {
        try {
            return mail.isSet(Flags.Flag.SEEN);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}

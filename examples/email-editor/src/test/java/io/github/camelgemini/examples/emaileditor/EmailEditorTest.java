package io.github.camelgemini.examples.emaileditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.user.MessageDeliveryHandler;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedPicture;
import io.github.camelgemini.emulator.RequestMatcher;
import jakarta.mail.Flags;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes on a real SMTP and IMAP server. */
@Timeout(180)
class EmailEditorTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static MailServer server;
    private static GeminiEmulator emulator;
    private static Main camel;

    @BeforeAll
    static void start() {
        server = new MailServer();
        emulator = GeminiEmulator.builder().start();
        camel = new Main();
        camel.configure().addRoutesBuilder(EditorRoutes.class);
        server.properties().forEach(camel::addOverrideProperty);
        Demonstration.emulatorProperties(emulator).forEach(camel::addOverrideProperty);
        camel.addOverrideProperty("poll-interval", "100");
        camel.addOverrideProperty("send-retry-delay", "100");
        camel.addOverrideProperty("send-retries", "4");
        camel.addOverrideProperty("senders", ".*@people\\.example");
        camel.addOverrideProperty("camel.component.gemini-image.max-retries", "0");
        camel.start();
    }

    @AfterAll
    static void stop() {
        camel.stop();
        emulator.close();
        server.close();
    }

    @AfterEach
    void clear() throws Exception {
        emulator.clear();
        server.greenMail().purgeEmailFromAllMailboxes();
    }

    @Test
    void photographComesBackEditedInAReply() throws Exception {
        MimeMessage mail = DemoMails.about("Grüße vom See")
                .text("Make it winter.\n> an older mail\n-- \nAnna, Lake Road 7")
                .photograph("lake.jpg", 1)
                .mail();
        mail.setHeader("References", "<first@people.example>");

        MimeMessage answer = answerTo(mail);

        assertThat(answer.getSubject()).isEqualTo("Re: Grüße vom See");
        assertThat(answer.getAllRecipients()).extracting(Object::toString).containsExactly("anna@people.example");
        assertThat(answer.getFrom()).extracting(Object::toString).containsExactly(MailServer.EDITOR);
        assertThat(header(answer, "In-Reply-To")).isEqualTo(mail.getMessageID());
        assertThat(header(answer, "References")).contains("<first@people.example>", mail.getMessageID());
        assertThat(header(answer, "Auto-Submitted")).isEqualTo("auto-replied");
        assertThat(header(answer, "X-Loop")).isEqualTo(MailServer.EDITOR);
        assertThat(text(answer)).contains("Here is your picture.").doesNotContain("winter");
        Part picture = attachment(answer);
        assertThat(picture.getFileName()).isEqualTo("lake-edited.jpg");
        assertThat(picture.getContentType()).startsWith("image/jpeg");
        try (InputStream in = picture.getInputStream()) {
            assertThat(ImageIO.read(in).getWidth()).isEqualTo(1264);
        }
        assertThat(emulator.requests()).singleElement().satisfies(request -> {
            assertThat(request.prompt()).isEqualTo("Make it winter.");
            assertThat(request.pictures())
                    .extracting(ReceivedPicture::width, ReceivedPicture::height)
                    .containsExactly(tuple(960, 640));
        });
    }

    @Test
    void mailIsMovedAndSeenWhenItWasAnswered() throws Exception {
        MimeMessage mail = photograph("Make it winter.").mail();

        answerTo(mail);

        await().atMost(LIMIT)
                .until(() -> server.isIn(MailServer.ANSWERED, mail.getMessageID())
                        && server.folder("INBOX").findAny().isEmpty());
        assertThat(server.folder(MailServer.ANSWERED))
                .allSatisfy(moved -> assertThat(moved.isSet(Flags.Flag.SEEN)).isTrue());
    }

    @Test
    void fourteenPicturesOfOneNameGoToTheModelInTheirOrder() throws Exception {
        DemoMails mail = DemoMails.about("Collage").text("Make a collage.");
        for (int i = 1; i <= 14; i++) {
            mail.attachment("image.jpg", "image/jpeg", Photographs.take(i, 100 + i, 100));
        }

        assertThat(attachment(answerTo(mail.mail())).getFileName()).isEqualTo("image-edited.jpg");

        assertThat(emulator.requests().get(0).pictures())
                .extracting(ReceivedPicture::width)
                .containsExactly(101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114);
    }

    @Test
    void pictureOfUnknownTypeIsKnownByItsName() throws Exception {
        MimeMessage mail = DemoMails.about("Scan")
                .text("Make it winter.")
                .attachment("scan.JPG", "application/octet-stream", Photographs.take(1, 300, 200))
                .mail();

        assertThat(attachment(answerTo(mail)).getFileName()).isEqualTo("scan-edited.jpg");
    }

    @Test
    void textOfHtmlIsTheInstructionWhenThereIsNoOther() throws Exception {
        MimeMessage mail = DemoMails.about("From my phone")
                .html("<style>p{color:red}</style><p>Make it<br>a <b>watercolour</b> &amp; bright."
                        + "</p><blockquote>old</blockquote>")
                .photograph("a.jpg", 1)
                .mail();

        attachment(answerTo(mail));

        assertThat(emulator.requests().get(0).prompt()).isEqualTo("Make it a watercolour & bright.");
    }

    @Test
    void mailWithoutPictureIsToldToAttachOne() throws Exception {
        assertThat(words(DemoMails.about("Hi").text("Draw a cat."))).contains("no picture in your mail. Please attach");
    }

    @Test
    void mailWithPdfIsToldWhatToSend() throws Exception {
        assertThat(words(DemoMails.about("Plan").text("Make it blue.").pdf("plan.pdf")))
                .contains("plan.pdf. Please attach the photograph itself, as JPEG, PNG");
    }

    @Test
    void pdfBesideAPhotographIsLeftAsideAndNamed() throws Exception {
        MimeMessage answer =
                answerTo(photograph("Make it blue.").pdf("plan.pdf").mail());

        assertThat(text(answer)).contains("I ignored these attachments, which are not pictures: plan.pdf.");
        assertThat(emulator.requests().get(0).pictures()).hasSize(1);
    }

    @Test
    void mailWithFifteenPicturesIsToldHowMany() throws Exception {
        DemoMails mail = DemoMails.about("Collage").text("Make a collage.");
        for (int i = 1; i <= 15; i++) {
            mail.attachment(i + ".jpg", "image/jpeg", Photographs.take(i, 60, 40));
        }

        assertThat(words(mail)).contains("15 pictures", "14 at once. Please send fewer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "-- \nAnna", "> what you wrote"})
    void mailWithoutInstructionIsAskedForOne(String text) throws Exception {
        assertThat(words(photograph(text)))
                .contains("I have your picture, but not what to change. Please send it again");
    }

    @Test
    void bookOfAnInstructionIsTooLong() throws Exception {
        assertThat(words(photograph("word ".repeat(2_000)))).contains("too long", "5000");
    }

    @Test
    void fileThatOnlyClaimsToBeAPictureIsToldSo() throws Exception {
        assertThat(words(DemoMails.about("Photo")
                        .text("Make it blue.")
                        .attachment("a.jpg", "image/jpeg", "no picture".getBytes(StandardCharsets.UTF_8))))
                .contains("cannot open a picture", "JPEG or PNG");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    blocked  | does not allow
                    withheld | does not allow
                    wordy    | in other words
                    broken   | send your mail again later
                    """)
    void failureOfTheModelIsTold(String instruction, String words) throws Exception {
        emulator.on(RequestMatcher.prompt("blocked")).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));
        emulator.on(RequestMatcher.prompt("withheld")).answer(Fault.finish("IMAGE_SAFETY", "no"));
        emulator.on(RequestMatcher.prompt("wordy")).answer(Fault.noImage());
        emulator.on(RequestMatcher.prompt("broken")).answer(Fault.internal());

        String answer = text(answerTo(photograph(instruction).mail()));

        assertThat(answer).contains(words).doesNotContain("Exception", "PROHIBITED", "SAFETY", "500");
    }

    @Test
    void brokenMailIsToldSoAndDoesNotStopThoseBehindIt() throws Exception {
        MimeMessage broken = raw("Subject: broken\r\nContent-Type: multipart/mixed\r\n\r\nno boundary, no parts");
        MimeMessage next = photograph("Make it winter.").mail();

        server.send(broken);
        server.send(next);

        assertThat(text(awaitAnswer(broken))).contains("Please");
        attachment(awaitAnswer(next));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Auto-Submitted           | auto-replied
                    Auto-Submitted           | auto-generated; owner-email="a@b.example"
                    X-Loop                   | pictures@example.org
                    Precedence               | bulk
                    Precedence               | Junk
                    List-Id                  | <news.example>
                    List-Unsubscribe         | <mailto:off@example.com>
                    X-Auto-Response-Suppress | All
                    From                     | MAILER-DAEMON@people.example
                    From                     | Postmaster <postmaster@people.example>
                    From                     | noreply+7@people.example
                    From                     | pictures@example.org
                    Reply-To                 | pictures@example.org
                    From                     | undisclosed
                    From                     | eve@elsewhere.example
                    """)
    void mailOfAProgramOrOfAStrangerIsPutAsideWithoutAnAnswer(String header, String value) throws Exception {
        MimeMessage mail = photograph("Make it winter.").mail();
        mail.setHeader(header, value);

        server.send(mail);

        await().atMost(LIMIT).until(() -> server.isIn(MailServer.IGNORED, mail.getMessageID()));
        assertThat(server.receivedByOthers()).isEmpty();
        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    void answersOfTheEditorAreNotAnswered() throws Exception {
        MimeMessage answer = answerTo(photograph("Make it winter.").mail());
        MimeMessage returned = new MimeMessage(answer);
        returned.setHeader("From", "anna@people.example");

        server.send(returned);

        await().atMost(LIMIT).until(() -> server.isIn(MailServer.IGNORED, returned.getMessageID()));
    }

    @Test
    void headersOfAMailHaveNoPower() throws Exception {
        MimeMessage mail = photograph("Make it winter.").mail();
        mail.setHeader("CamelGeminiImagePrompt", "Something else");
        mail.setHeader("CamelGeminiImageNumImages", "8");
        mail.setHeader("CamelGeminiImageOutput", "json");
        mail.setHeader("CamelGeminiImageReferenceImages", "https://example.org/a.jpg");
        mail.setHeader("delete", "true");
        mail.setHeader("moveTo", "Stolen");
        mail.setHeader("copyTo", "Stolen");
        mail.setHeader("mail.smtp.host", "127.0.0.2");
        mail.setHeader("mail.smtp.port", "1");
        mail.setHeader("To", "victim@example.com");
        mail.setHeader("Bcc", "victim@example.com");
        mail.setHeader("Cc", "victim@example.com");

        attachment(answerTo(mail));

        assertThat(emulator.requests()).singleElement().satisfies(request -> assertThat(request.prompt())
                .isEqualTo("Make it winter."));
        await().atMost(LIMIT).until(() -> server.isIn(MailServer.ANSWERED, mail.getMessageID()));
        assertThat(server.folder("Stolen")).isEmpty();
        assertThat(server.receivedByOthers()).hasSize(1);
    }

    @Test
    void jsonInAMailIsATextLikeAnyOther() throws Exception {
        attachment(answerTo(photograph("{\"prompt\": \"x\", \"num_images\": 8}").mail()));

        assertThat(emulator.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: =?UTF-8?Q?Hello=0D=0ABcc:_victim@example.com=0D=0A=0D=0ABuy?=",
                "Subject: Hello\r\n Bcc: victim@example.com",
                "Reply-To: anna@people.example, victim@example.com",
                "Reply-To: =?UTF-8?Q?Anna=0D=0ABcc:_victim@example.com?= <anna@people.example>",
                "References: <a@b>\r\n Bcc: victim@example.com",
                "Reply-To: \"anna@people.example\\\r\n Bcc: victim@example.com\" <anna@people.example>",
            })
    void headersCannotBeInjectedIntoTheAnswer(String headers) throws Exception {
        MimeMessage mail = raw(headers + "\r\nContent-Type: text/plain\r\n\r\nhello");

        MimeMessage answer = answerTo(mail);

        assertThat(answer.getAllRecipients()).extracting(Object::toString).containsExactly("anna@people.example");
        assertThat(answer.getHeader("Bcc")).isNull();
        assertThat(server.receivedByOthers()).hasSize(1);
        assertThat(text(answer)).startsWith("Hello,").doesNotContain("victim", "Buy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ../../etc/passwd.jpg              | passwd-edited.jpg
                    C:\\photos\\a.jpg                 | a-edited.jpg
                    x"; filename="evil.exe.jpg        | x; filename=evil.exe-edited.jpg
                    .jpg                              | .jpg-edited.jpg
                    """)
    void nameOfThePictureIsOneForAFile(String name, String edited) throws Exception {
        MimeMessage mail = DemoMails.about("Name")
                .text("Make it winter.")
                .attachment(name, "image/jpeg", Photographs.take(1, 300, 200))
                .mail();

        assertThat(attachment(answerTo(mail)).getFileName()).isEqualTo(edited);
    }

    @Test
    void mailStaysUnreadWhileTheServiceDoesNotWork() throws Exception {
        emulator.next(Fault.overloaded()).times(2);
        emulator.next(Fault.dailyQuota());
        emulator.next(Fault.invalidKey());
        emulator.next(Fault.stallBeforeHeaders());
        MimeMessage mail = photograph("Make it winter.").mail();

        server.send(mail);

        await().atMost(LIMIT).until(() -> emulator.requests().size() == 5);
        assertThat(server.isIn("INBOX", mail.getMessageID())).isTrue();
        assertThat(server.folder("INBOX")).noneMatch(EmailEditorTest::isSeen);
        assertThat(server.receivedByOthers()).isEmpty();
        // The call in flight breaks off, and the mail is read once more.
        emulator.clearFaults();
        attachment(awaitAnswer(mail));
        assertThat(server.receivedByOthers()).hasSize(1);
    }

    @Test
    void answerThatCannotBeSentNowIsSentLaterAndNotDrawnAgain() throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        MessageDeliveryHandler delivery = server.greenMail().getUserManager().getMessageDeliveryHandler();
        MimeMessage mail = photograph("Make it winter.").mail();
        server.greenMail().getUserManager().setMessageDeliveryHandler((message, address) -> {
            if (address.getEmail().equals("anna@people.example") && refusals.getAndIncrement() < 3) {
                throw new IllegalStateException("the disk is full");
            }
            return delivery.handle(message, address);
        });
        try {
            attachment(answerTo(mail));
        } finally {
            server.greenMail().getUserManager().setMessageDeliveryHandler(delivery);
        }

        assertThat(refusals.get()).isEqualTo(4);
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    void mailWhoseAnswerIsNeverTakenIsDrawnOnceAndPutAside() throws Exception {
        MessageDeliveryHandler delivery = server.greenMail().getUserManager().getMessageDeliveryHandler();
        MimeMessage mail = photograph("Make it winter.").mail();
        server.greenMail().getUserManager().setMessageDeliveryHandler((message, address) -> {
            if (address.getEmail().equals("anna@people.example")) {
                throw new IllegalStateException("the disk is full");
            }
            return delivery.handle(message, address);
        });
        try {
            server.send(mail);

            await().atMost(LIMIT)
                    .until(() -> server.isIn(MailServer.UNANSWERED, mail.getMessageID())
                            && !server.isIn("INBOX", mail.getMessageID()));
        } finally {
            server.greenMail().getUserManager().setMessageDeliveryHandler(delivery);
        }
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    void documentsShowTheRouteThatRuns() throws IOException {
        String source =
                Files.readString(Path.of("src/main/java/io/github/camelgemini/examples/emaileditor/EditorRoutes.java"));

        assertThat(Files.readString(Path.of("README.md")))
                .contains(tagged(source, "failures"))
                .contains(tagged(source, "route"));
    }

    private static String tagged(String source, String tag) {
        int begin = source.indexOf('\n', source.indexOf("tag::" + tag)) + 1;
        return source.substring(begin, source.lastIndexOf('\n', source.indexOf("end::" + tag)))
                .stripIndent();
    }

    private static DemoMails photograph(String text) throws Exception {
        return DemoMails.about("Photo").text(text).photograph("photo.jpg", 1);
    }

    /** A mail with these headers and this text, as it goes over the wire. */
    private static MimeMessage raw(String headersAndText) throws Exception {
        String from = "From: anna@people.example\r\nMessage-ID: <" + UUID.randomUUID() + "@people.example>\r\n";
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream((from + headersAndText).getBytes(StandardCharsets.UTF_8)));
    }

    private static String words(DemoMails mail) throws Exception {
        MimeMessage answer = answerTo(mail.mail());
        assertThat(emulator.requests()).isEmpty();
        assertThat(answer.getContent()).isInstanceOf(String.class);
        return text(answer);
    }

    private static MimeMessage answerTo(MimeMessage mail) throws Exception {
        server.send(mail);
        return awaitAnswer(mail);
    }

    private static MimeMessage awaitAnswer(MimeMessage mail) throws Exception {
        String id = mail.getMessageID();
        List<MimeMessage> answers = await().atMost(LIMIT).until(() -> server.answersTo(id), found -> !found.isEmpty());
        // What follows looks at the mailbox, and the next test empties it.
        await().atMost(LIMIT).until(() -> server.folder("INBOX").findAny().isEmpty());
        return answers.get(0);
    }

    private static String text(MimeMessage mail) throws Exception {
        return mail.getContent() instanceof Multipart parts
                ? parts.getBodyPart(0).getContent().toString()
                : mail.getContent().toString();
    }

    private static Part attachment(MimeMessage mail) throws Exception {
        assertThat(mail.getContent()).as(text(mail)).isInstanceOf(Multipart.class);
        return ((Multipart) mail.getContent()).getBodyPart(1);
    }

    private static String header(MimeMessage mail, String name) {
        return MailServer.header(mail, name);
    }

    private static boolean isSeen(MimeMessage mail) {
        try {
            return mail.isSet(Flags.Flag.SEEN);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

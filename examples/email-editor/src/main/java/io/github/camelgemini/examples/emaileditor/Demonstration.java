package io.github.camelgemini.examples.emaileditor;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.util.FileUtil;

/** Sends a folder of mails to the editor, prints a line for each reply, and writes the replies to a folder. */
final class Demonstration {

    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int POLL_MILLIS = 100;

    private final Path target;
    private final Optional<Path> ownMails;
    private final PrintStream out;

    /**
     * @param target for the mails and the replies; replies of an earlier run are deleted
     * @param ownMails a folder of {@code .eml} files instead of those of {@link DemoMails}
     */
    Demonstration(Path target, Optional<Path> ownMails, PrintStream out) {
        this.target = target;
        this.ownMails = ownMails;
        this.out = out;
    }

    /**
     * Runs until each mail has a reply, or was set aside.
     *
     * @throws IllegalStateException when none will get a reply: the key is refused, the quota is used up, or there is
     *     no network
     */
    void run(Map<String, String> environment) throws Exception {
        Map<String, MimeMessage> mails = mails();
        Path answers = target.resolve("answers");
        FileUtil.removeDir(answers.toFile());
        Files.createDirectories(answers);
        out.println("Starting a mail server and the editor of the mailbox " + MailServer.EDITOR + ".");
        try (MailServer server = new MailServer();
                GeminiEmulator emulator = GeminiEmulator.builder().start()) {
            emulator.on(RequestMatcher.prompt("forbidden")).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));
            out.printf("Mail   %s, %s%n", server.smtp(), server.imap());
            Optional<String> key = Stream.of("GOOGLE_API_KEY", "GEMINI_API_KEY")
                    .filter(name -> !environment.getOrDefault(name, "").isBlank())
                    .findFirst();
            out.println(
                    key.map(
                                    name -> name
                                            + " is set, so Google draws the pictures and bills you about $0.035 for each picture. To use the free emulator instead, unset it.")
                            .orElse(
                                    "The emulator draws, on this machine: no key, no network, no cost. It writes each instruction beside the photographs."));
            out.println();
            Hopeless hopeless = new Hopeless();
            Main camel = camel(server, key.isPresent() ? Map.of() : emulatorProperties(emulator));
            camel.bind("hopeless", hopeless);
            camel.start();
            // Ctrl-C. Camel's own hook waits for run(), which is not called here.
            Runtime.getRuntime().addShutdownHook(new Thread(camel::stop));
            try {
                for (MimeMessage mail : mails.values()) {
                    server.send(mail);
                }
                awaitAll(mails, server, answers, hopeless);
            } finally {
                camel.stop();
            }
        }
        out.println();
        out.println("Mails and answers (open them with a mail program), and the pictures:");
        out.println(ownMails.orElse(target.resolve("mails")));
        out.println(answers);
    }

    /** The properties with which the editor uses the emulator. */
    static Map<String, String> emulatorProperties(GeminiEmulator emulator) {
        return Map.of(
                "camel.component.gemini-image.base-url",
                emulator.baseUrl(),
                "camel.component.gemini-image.api-key",
                "any-key-will-do");
    }

    private static Main camel(MailServer server, Map<String, String> properties) {
        Main camel = new Main();
        camel.setShutdownStrategy(new SimpleMainShutdownStrategy());
        camel.configure().addRoutesBuilder(EditorRoutes.class);
        server.properties().forEach(camel::addOverrideProperty);
        camel.addOverrideProperty("poll-interval", "500");
        // Everything ends with this process, so nothing is worth waiting for.
        camel.addOverrideProperty("camel.main.shutdown-timeout", "1");
        camel.addOverrideProperty("camel.component.gemini-image.max-retries", "2");
        properties.forEach(camel::addOverrideProperty);
        return camel;
    }

    /** By file name, without the extension. */
    private Map<String, MimeMessage> mails() throws IOException, MessagingException {
        Path folder = ownMails.orElse(target.resolve("mails"));
        if (ownMails.isEmpty()) {
            DemoMails.write(folder);
        } else if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("There is no folder " + folder + " with mails (.eml).");
        }
        Map<String, MimeMessage> mails = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList()) {
                mails.put(FileUtil.onlyName(file.getFileName().toString()), read(file));
            }
        }
        if (mails.isEmpty()) {
            throw new IllegalArgumentException("There is no mail (.eml) in " + folder + ".");
        }
        return mails;
    }

    private static MimeMessage read(Path file) throws IOException, MessagingException {
        try (InputStream in = Files.newInputStream(file)) {
            MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), in);
            if (mail.getMessageID() == null) {
                throw new IllegalArgumentException(file + " has no Message-ID. Every sent mail has one.");
            }
            return mail;
        }
    }

    private void awaitAll(Map<String, MimeMessage> mails, MailServer server, Path answers, Hopeless hopeless)
            throws Exception {
        int width = mails.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> open = new ArrayList<>(mails.keySet());
        Instant heard = Instant.now();
        while (!open.isEmpty()) {
            Thread.sleep(POLL_MILLIS);
            hopeless.reason().ifPresent(reason -> {
                throw new IllegalStateException("Stopped early, the mails stay unread: " + reason);
            });
            for (String name : List.copyOf(open)) {
                Optional<String> outcome = outcome(name, mails.get(name).getMessageID(), server, answers);
                if (outcome.isPresent()) {
                    out.printf("  %-" + width + "s  %s%n", name, outcome.get());
                    open.remove(name);
                    heard = Instant.now();
                }
            }
            if (Duration.between(heard, Instant.now()).compareTo(QUIET) > 0) {
                out.println("No answer for a minute. Still waiting for " + open);
                heard = Instant.now();
            }
        }
    }

    private static Optional<String> outcome(String name, String messageId, MailServer server, Path answers)
            throws IOException, MessagingException {
        List<MimeMessage> received = server.answersTo(messageId);
        if (!received.isEmpty()) {
            return Optional.of(write(name, received.get(0), answers));
        }
        return server.isIn(MailServer.IGNORED, messageId)
                ? Optional.of("not answered: a program sent it")
                : Optional.empty();
    }

    /** Writes a reply and its picture; returns its text. */
    private static String write(String name, MimeMessage answer, Path folder) throws IOException, MessagingException {
        try (OutputStream file = Files.newOutputStream(folder.resolve(name + ".eml"))) {
            answer.writeTo(file);
        }
        if (!(answer.getContent() instanceof Multipart parts)) {
            return "\"" + sentence(answer) + "\"";
        }
        Part attachment = parts.getBodyPart(1);
        MailContent.Picture picture = pictureOf(answer);
        Path file = folder.resolve(name + "-" + picture.name());
        try (InputStream in = attachment.getInputStream()) {
            Files.copy(in, file);
        }
        BufferedImage pixels = ImageIO.read(file.toFile());
        return "%s  %dx%d  %d kB"
                .formatted(picture.name(), pixels.getWidth(), pixels.getHeight(), Files.size(file) / 1000);
    }

    private static MailContent.Picture pictureOf(MimeMessage answer) {
        try {
            return MailContent.read(answer).pictures().get(0);
        } catch (UnusableMailException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sentence(MimeMessage answer) throws IOException, MessagingException {
        return answer.getContent().toString().lines().skip(2).findFirst().orElse("");
    }
}

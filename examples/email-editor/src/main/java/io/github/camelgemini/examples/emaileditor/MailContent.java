package io.github.camelgemini.examples.emaileditor;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.util.FileUtil;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * The content of a mail.
 *
 * @param instruction the text without signature and quotes, from HTML if there is no other; may be empty
 * @param pictures attachments, or pictures within the text, as phones send them
 * @param others names of other attachments
 */
record MailContent(String instruction, List<Picture> pictures, List<String> others) {

    private static final int DEEPEST = 10;
    private static final int LONGEST_NAME = 80;
    private static final Pattern PICTURE_NAME = Pattern.compile("(?i).+\\.(jpe?g|png|webp|heic|heif)");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[\\p{Cntrl}\\p{Cf}<>:\"/\\\\|?*]");

    /**
     * A part of the mail.
     *
     * @param name from the sender, without characters that file names do not allow
     * @param content with its type
     */
    record Picture(String name, DataHandler content) {}

    static MailContent read(MimeMessage message) throws UnusableMailException {
        try {
            Reader reader = new Reader();
            reader.read(message, 0);
            return reader.content();
        } catch (MessagingException | IOException e) {
            throw new UnusableMailException(
                    "I could not read your mail, because its format is broken. Please write a new"
                            + " one and attach the picture as a file.",
                    e);
        }
    }

    /** Goes through the parts. */
    private static final class Reader {

        private final List<String> plain = new ArrayList<>();
        private final List<String> html = new ArrayList<>();
        private final List<Picture> pictures = new ArrayList<>();
        private final List<String> others = new ArrayList<>();

        void read(Part part, int depth) throws MessagingException, IOException {
            Optional<String> name = name(part);
            boolean attached = name.isPresent() || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
            if (part.isMimeType("multipart/*")) {
                if (depth < DEEPEST && part.getContent() instanceof Multipart parts) {
                    for (int i = 0; i < parts.getCount(); i++) {
                        read(parts.getBodyPart(i), depth + 1);
                    }
                }
            } else if (part.isMimeType("text/plain") && !attached) {
                plain.add(text(part));
            } else if (part.isMimeType("text/html") && !attached) {
                html.add(text(part));
            } else if (isPicture(part, name)) {
                pictures.add(new Picture(name.orElse("picture"), part.getDataHandler()));
            } else {
                others.add(name.orElse("an attachment without a name"));
            }
        }

        MailContent content() {
            String instruction = withoutQuotes(String.join("\n", plain));
            if (instruction.isEmpty()) {
                instruction = html.stream().map(Reader::textOfHtml).collect(Collectors.joining("\n"));
            }
            return new MailContent(instruction.strip(), List.copyOf(pictures), List.copyOf(others));
        }

        private static boolean isPicture(Part part, Optional<String> name) throws MessagingException {
            boolean unknown = part.isMimeType("application/octet-stream");
            return unknown
                    ? name.filter(given -> PICTURE_NAME.matcher(given).matches())
                            .isPresent()
                    : part.isMimeType("image/*") && !part.isMimeType("image/svg+xml");
        }

        private static String text(Part part) throws MessagingException, IOException {
            try {
                return part.getContent().toString();
            } catch (UnsupportedEncodingException e) {
                // An unknown character set: this is better than no text.
                try (InputStream in = part.getInputStream()) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }

        // tag::text[]
        private static String textOfHtml(String html) {
            Document document = Jsoup.parse(html);
            document.select("blockquote, .gmail_quote, .gmail_signature").remove();
            return document.text();
        }

        /** Up to the signature, which begins with a line of two dashes and a space. */
        private static String withoutQuotes(String text) {
            return text.lines()
                    .takeWhile(line -> !line.equals("-- "))
                    .filter(line -> !line.startsWith(">"))
                    .collect(Collectors.joining("\n"))
                    .strip();
        }
        // end::text[]

        private static Optional<String> name(Part part) {
            try {
                String name = part.getFileName();
                if (name == null) {
                    return Optional.empty();
                }
                String clean = NOT_IN_NAMES
                        .matcher(FileUtil.stripPath(MimeUtility.decodeText(name).replace('\\', '/')))
                        .replaceAll("")
                        .strip();
                return Optional.of(clean.isEmpty() ? "unnamed" : shortened(clean));
            } catch (MessagingException | UnsupportedEncodingException e) {
                return Optional.of("unnamed");
            }
        }

        private static String shortened(String name) {
            return name.length() <= LONGEST_NAME ? name : name.substring(name.length() - LONGEST_NAME);
        }
    }
}

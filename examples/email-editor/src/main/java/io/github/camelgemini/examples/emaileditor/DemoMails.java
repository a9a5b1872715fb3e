package io.github.camelgemini.examples.emaileditor;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;

/** Sample mails, with photographs of {@link Photographs}. */
final class DemoMails {

    private static final String PDF =
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
                    + "trailer<</Root 1 0 R>>\n%%EOF\n";

    private final MimeMultipart parts = new MimeMultipart();
    private final String subject;

    private DemoMails(String subject) {
        this.subject = subject;
    }

    /** Begins a mail. */
    static DemoMails about(String subject) {
        return new DemoMails(subject);
    }

    /** Writes one mail of each kind to a file. */
    static void write(Path folder) throws IOException, MessagingException {
        Files.createDirectories(folder);
        about("Our garden")
                .text("Make it a clear winter night: deep snow on the hills and stars above them.\n\n-- \nAnna")
                .photograph("garden.jpg", 1)
                .write(folder, "01-photograph");
        about("Zwei Bilder für den Kalender")
                .text("Put the sun of the second picture into the first, low above the hills.")
                .photograph("Hügel im März.jpg", 2)
                .photograph("evening.jpg", 3)
                .write(folder, "02-two-photographs");
        about("From my phone")
                .html("<p>Turn this into a <b>watercolour</b>,<br>with a white border.</p>")
                .photograph("IMG_0042.JPG", 4)
                .write(folder, "03-html-only");
        about("With the offer")
                .text("Replace the sky by a thunderstorm.")
                .photograph("roof.jpg", 5)
                .pdf("offer.pdf")
                .write(folder, "04-photograph-and-pdf");
        about("Hello?").text("Can you draw a cat?").write(folder, "05-no-picture");
        about("The plan").text("Make it blue.").pdf("plan.pdf").write(folder, "06-pdf-only");
        DemoMails holiday = about("Our holiday").text("Make one collage of all of them.");
        for (int i = 1; i <= 15; i++) {
            holiday.photograph("holiday-" + i + ".jpg", 10 + i);
        }
        holiday.write(folder, "07-fifteen-pictures");
        about("Photo").text("\n-- \nBen").photograph("lake.jpg", 6).write(folder, "08-no-instruction");
        about("Something else")
                .text("Draw something forbidden into it.")
                .photograph("field.jpg", 7)
                .write(folder, "09-blocked");
        MimeMessage absent =
                about("Out of office").text("I am away until Monday.").mail();
        absent.setHeader("Auto-Submitted", "auto-replied");
        write(absent, folder, "10-out-of-office");
    }

    DemoMails text(String text) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, StandardCharsets.UTF_8.name());
        parts.addBodyPart(part);
        return this;
    }

    DemoMails html(String html) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(html, StandardCharsets.UTF_8.name(), "html");
        parts.addBodyPart(part);
        return this;
    }

    DemoMails photograph(String name, int number) throws MessagingException {
        return attachment(name, "image/jpeg", Photographs.take(number, 960, 640));
    }

    DemoMails pdf(String name) throws MessagingException {
        return attachment(name, "application/pdf", PDF.getBytes(StandardCharsets.US_ASCII));
    }

    DemoMails attachment(String name, String type, byte[] bytes) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, type)));
        part.setDisposition(MimeBodyPart.ATTACHMENT);
        part.setFileName(name);
        parts.addBodyPart(part);
        return this;
    }

    /** The mail, from {@code anna@people.example}, ready to be sent. */
    MimeMessage mail() throws MessagingException {
        MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()));
        mail.setFrom(new InternetAddress("anna@people.example"));
        mail.setRecipients(MimeMessage.RecipientType.TO, MailServer.EDITOR);
        mail.setSubject(subject, StandardCharsets.UTF_8.name());
        mail.setSentDate(new Date());
        mail.setContent(parts);
        mail.saveChanges();
        mail.setHeader("Message-ID", "<" + UUID.randomUUID() + "@people.example>");
        return mail;
    }

    private void write(Path folder, String name) throws IOException, MessagingException {
        write(mail(), folder, name);
    }

    private static void write(MimeMessage mail, Path folder, String name) throws IOException, MessagingException {
        try (OutputStream file = Files.newOutputStream(folder.resolve(name + ".eml"))) {
            mail.writeTo(file);
        }
    }
}

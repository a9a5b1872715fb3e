package io.github.camelgemini.examples.emaileditor;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;

/** Writes replies. Jakarta Mail sets subject and references. */
final class Answer {

    private final String ownAddress;

    /**
     * @param ownAddress the sender of the replies
     */
    Answer(String ownAddress) {
        this.ownAddress = ownAddress;
    }

    /** A reply with text only. */
    MimeMessage withWords(ReceivedMail mail, String words) throws MessagingException {
        MimeMessage reply = replyTo(mail);
        reply.setText(letter(words), StandardCharsets.UTF_8.name());
        return reply;
    }

    /**
     * A reply with a picture.
     *
     * @param name of the original picture
     * @param extension of the new picture, without a dot
     */
    MimeMessage withPicture(ReceivedMail mail, String words, String name, String extension, byte[] picture, String type)
            throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(letter(words), StandardCharsets.UTF_8.name());
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setDataHandler(new DataHandler(new ByteArrayDataSource(picture, type)));
        attachment.setDisposition(MimeBodyPart.ATTACHMENT);
        attachment.setFileName(editedName(name, extension));
        MimeMessage reply = replyTo(mail);
        reply.setContent(new MimeMultipart(text, attachment));
        return reply;
    }

    // tag::reply[]
    /**
     * To one address, however many the mail names. The text contains nothing that the sender wrote, so nobody can use the
     * editor to send text to others.
     */
    private MimeMessage replyTo(ReceivedMail mail) throws MessagingException {
        InternetAddress sender = mail.sender().orElseThrow();
        mail.message().setHeader("Reply-To", sender.toString());
        MimeMessage reply = (MimeMessage) mail.message().reply(false, false);
        reply.setRecipient(Message.RecipientType.TO, sender);
        reply.setFrom(new InternetAddress(ownAddress, true));
        reply.setHeader("Auto-Submitted", "auto-replied");
        reply.setHeader("X-Loop", ownAddress);
        return reply;
    }
    // end::reply[]

    private static String letter(String words) {
        return "Hello,\n\n" + words + "\n\n-- \nAnswered by a program: camel-gemini-image\n";
    }

    static String editedName(String name, String extension) {
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name) + "-edited." + extension;
    }
}

package io.github.camelgemini.endpoints;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Map;
import java.util.Optional;

/** GreenMail, a mail server. The picture is an attachment. */
final class MailReceiver implements Receiver {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));

    MailReceiver() {
        server.start();
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("mail.server", "localhost:" + server.getSmtp().getPort());
    }

    @Override
    public Optional<Received> take() throws Exception {
        MimeMessage[] mails = server.getReceivedMessages();
        if (mails.length == 0) {
            return Optional.empty();
        }
        MimeMultipart parts = (MimeMultipart) mails[0].getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
                Received received =
                        Received.of(part.getInputStream(), new ContentType(part.getContentType()).getBaseType());
                server.purgeEmailFromAllMailboxes();
                return Optional.of(received);
            }
        }
        throw new IllegalStateException("A mail came without an attachment");
    }

    @Override
    public void close() {
        server.stop();
    }
}

package io.github.camelgemini.examples.emaileditor;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real SMTP and IMAP server on free ports of this machine, with the editor's mailbox. Others are created for incoming
 * mail.
 */
final class MailServer implements AutoCloseable {

    static final String EDITOR = "pictures@example.org";
    static final String ANSWERED = "Answered";
    static final String IGNORED = "Ignored";
    static final String UNANSWERED = "Unanswered";

    private static final String INBOX = "INBOX";
    private static final String HOST = "127.0.0.1";
    private static final String PASSWORD = "secret of the mailbox";
    private static final long STARTUP_MILLIS = 60_000;

    private final GreenMail server = new GreenMail(new ServerSetup[] {setup("smtp"), setup("imap")});
    private final GreenMailUser editor;

    MailServer() {
        server.start();
        editor = server.setUser(EDITOR, EDITOR, PASSWORD);
    }

    private static ServerSetup setup(String protocol) {
        ServerSetup setup = new ServerSetup(0, HOST, protocol);
        setup.setServerStartupTimeout(STARTUP_MILLIS);
        return setup;
    }

    /** The properties with which the routes use it. */
    Map<String, String> properties() {
        return Map.of(
                "imap-server", imap() + "?connectionTimeout=30000",
                "smtp-server", smtp() + "?connectionTimeout=30000",
                "mail-address", EDITOR,
                "mail-password", PASSWORD,
                "answered-folder", ANSWERED,
                "ignored-folder", IGNORED,
                "unanswered-folder", UNANSWERED);
    }

    String smtp() {
        return "smtp:" + HOST + ":" + server.getSmtp().getPort();
    }

    String imap() {
        return "imap:" + HOST + ":" + server.getImap().getPort();
    }

    GreenMail greenMail() {
        return server;
    }

    /** Sends a mail to the editor unchanged, whatever its headers are. */
    void send(MimeMessage mail) throws MessagingException {
        try (Transport transport = Session.getInstance(
                        server.getSmtp().getServerSetup().configureJavaMailSessionProperties(null, false))
                .getTransport("smtp")) {
            transport.connect(HOST, server.getSmtp().getPort(), null, null);
            transport.sendMessage(mail, new Address[] {new InternetAddress(EDITOR)});
        }
    }

    /** The replies to a mail, in any mailbox. */
    List<MimeMessage> answersTo(String messageId) {
        return server.getUserManager().listUser().stream()
                .flatMap(user -> messages(user, INBOX))
                .filter(mail -> messageId.equals(header(mail, "In-Reply-To")))
                .toList();
    }

    /** All mails to recipients other than the editor. */
    List<MimeMessage> receivedByOthers() {
        return server.getUserManager().listUser().stream()
                .filter(user -> user != editor)
                .flatMap(user -> messages(user, INBOX))
                .toList();
    }

    /** A folder of the editor's mailbox; empty when it doesn't exist. */
    Stream<MimeMessage> folder(String name) {
        return messages(editor, name);
    }

    /** Whether a mail is in a folder of the editor's mailbox. */
    boolean isIn(String folder, String messageId) {
        return folder(folder).anyMatch(mail -> messageId.equals(header(mail, "Message-ID")));
    }

    private Stream<MimeMessage> messages(GreenMailUser user, String folder) {
        return Optional.ofNullable(server.getManagers().getImapHostManager().getFolder(user, folder))
                .map(MailFolder::getMessages)
                .stream()
                .flatMap(List::stream)
                .map(StoredMessage::getMimeMessage);
    }

    static String header(MimeMessage mail, String name) {
        try {
            return mail.getHeader(name, null);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}

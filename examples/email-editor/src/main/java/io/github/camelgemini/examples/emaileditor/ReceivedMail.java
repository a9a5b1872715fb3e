package io.github.camelgemini.examples.emaileditor;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail in memory. It is a copy, so the connection to the mailbox may break, and the mail may be changed.
 *
 * @param message with all of its parts
 */
record ReceivedMail(MimeMessage message) {

    private static final Pattern NO_PERSON =
            Pattern.compile("(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+=.-].*)?@.*");

    /** Headers of mailing lists and mass mailings. */
    private static final List<String> OF_MANY = List.of("List-Id", "List-Unsubscribe", "Feedback-ID");

    /**
     * Copies the mail.
     *
     * @throws MessagingException when the connection breaks
     */
    static ReceivedMail fetch(MimeMessage onServer) throws MessagingException, IOException {
        // The copy constructor asks the server for the envelope, which some cannot create for an invalid address.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        onServer.writeTo(bytes);
        return new ReceivedMail(new MimeMessage(onServer.getSession(), new ByteArrayInputStream(bytes.toByteArray())));
    }

    /**
     * The address for the reply: Reply-To if it is a single address, or else the first of From. Without the sender's
     * name. Empty when there is none, or it is not a valid address.
     */
    Optional<InternetAddress> sender() {
        return addresses("Reply-To")
                .filter(all -> all.size() == 1)
                .or(() -> addresses("From"))
                .map(all -> all.get(0));
    }

    private Optional<List<InternetAddress>> addresses(String header) {
        try {
            String value = message.getHeader(header, ",");
            Address[] all = value == null ? new Address[0] : InternetAddress.parseHeader(value, true);
            List<InternetAddress> bare = new ArrayList<>();
            for (Address one : all) {
                bare.add(new InternetAddress(((InternetAddress) one).getAddress(), true));
            }
            return bare.isEmpty() ? Optional.empty() : Optional.of(bare);
        } catch (MessagingException e) {
            return Optional.empty();
        }
    }

    // tag::automatic[]
    /**
     * Whether a program sent it: two programs could answer each other for ever. See RFC 3834. The other checks are for
     * programs that do not follow it.
     *
     * @param ownAddress of the mailbox
     */
    boolean isAutomatic(String ownAddress) {
        Optional<InternetAddress> sender = sender();
        if (sender.isEmpty()) {
            return true;
        }
        String address = sender.get().getAddress().toLowerCase(Locale.ROOT);
        return address.equals(ownAddress.toLowerCase(Locale.ROOT))
                || NO_PERSON.matcher(address).matches()
                || header("Auto-Submitted")
                        .filter(value -> !value.startsWith("no"))
                        .isPresent()
                || header("X-Loop").isPresent()
                || header("Return-Path").filter("<>"::equals).isPresent()
                || header("Precedence")
                        .filter(List.of("bulk", "junk", "list")::contains)
                        .isPresent()
                || header("X-Auto-Response-Suppress")
                        .filter(value -> !value.equals("none"))
                        .isPresent()
                || header("Content-Type")
                        .filter(type -> type.startsWith("multipart/report"))
                        .isPresent()
                || OF_MANY.stream().anyMatch(name -> header(name).isPresent());
    }
    // end::automatic[]

    private Optional<String> header(String name) {
        try {
            return Optional.ofNullable(message.getHeader(name))
                    .map(values -> values[0].strip().toLowerCase(Locale.ROOT));
        } catch (MessagingException e) {
            return Optional.empty();
        }
    }
}

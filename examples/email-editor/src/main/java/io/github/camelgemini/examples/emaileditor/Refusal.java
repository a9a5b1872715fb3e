package io.github.camelgemini.examples.emaileditor;

import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Reads why an SMTP server does not accept a mail. */
final class Refusal {

    private Refusal() {}

    /** Whether the refusal is permanent: an SMTP code of 500 or more, in this failure or its causes. */
    static boolean isFinal(Throwable failure) {
        for (Throwable one = failure;
                one instanceof MessagingException;
                one = ((MessagingException) one).getNextException()) {
            if (code(one) >= 500) {
                return true;
            }
        }
        return false;
    }

    private static int code(Throwable failure) {
        if (failure instanceof SMTPSendFailedException refused) {
            return refused.getReturnCode();
        }
        return failure instanceof SMTPAddressFailedException refused ? refused.getReturnCode() : 0;
    }
}

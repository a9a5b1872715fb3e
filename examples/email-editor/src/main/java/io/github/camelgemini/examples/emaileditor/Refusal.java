package io.github.camelgemini.examples.emaileditor;

import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Reads what an SMTP server says when it does not take a mail. */
final class Refusal {

    private Refusal() {}

    /** Whether it will say the same again: an SMTP code of 500 or more, here or in what caused it. */
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

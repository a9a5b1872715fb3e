package io.github.camelgemini.examples.emaileditor;

import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.BudgetExceededException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.util.List;
import org.apache.camel.Exchange;

/** Explanations for people without technical knowledge. */
final class PlainWords {

    static final String PICTURE =
            "Here is your picture. To change it again, attach it to a new mail and write what to change.";

    private static final int LONGEST_INSTRUCTION = 5_000;

    private PlainWords() {}

    /**
     * Checks that everything for an edit is there.
     *
     * @param most the model's limit for pictures
     * @throws UnusableMailException says what is missing
     */
    // tag::check[]
    static void check(MailContent mail, int most) throws UnusableMailException {
        if (mail.pictures().isEmpty() && mail.others().isEmpty()) {
            throw new UnusableMailException(
                    "There is no picture in your mail. Please attach a photograph and write in the mail what I should change.");
        }
        if (mail.pictures().isEmpty()) {
            throw new UnusableMailException("I can only edit pictures, but you attached: " + names(mail.others())
                    + ". Please attach the photograph itself, as JPEG, PNG, WebP or HEIC.");
        }
        if (mail.pictures().size() > most) {
            throw new UnusableMailException(
                    "There are " + mail.pictures().size() + " pictures in your mail, but I can edit at most " + most
                            + " at once. Please send fewer. If you need them all, use several mails.");
        }
        if (mail.instruction().isEmpty()) {
            throw new UnusableMailException(
                    "I have your picture, but not what to change. Please send it again and write"
                            + " that in the mail, for example: Make it winter.");
        }
        if (mail.instruction().length() > LONGEST_INSTRUCTION) {
            throw new UnusableMailException(
                    "Your text is too long: " + mail.instruction().length()
                            + " characters, but I read at most " + LONGEST_INSTRUCTION
                            + ". Please send the picture again, with only what I should change.");
        }
    }
    // end::check[]

    // tag::answers[]
    /** Whether to tell the sender. Other failures are for the operator: the mail stays unread and is tried again. */
    static boolean concernsSender(Exchange exchange) {
        Exception failure = exchange.getException();
        boolean ours = failure instanceof AuthenticationException
                || failure instanceof QuotaExhaustedException
                || failure instanceof BudgetExceededException
                || failure instanceof RateLimitException
                || failure instanceof ModelNotFoundException
                || (failure instanceof ServiceUnavailableException unavailable && unavailable.getHttpStatus() != 500);
        return !ours;
    }

    /** A sentence for the sender that says what to do. */
    static String of(Exception failure) {
        if (failure instanceof UnusableMailException) {
            return failure.getMessage();
        }
        if (failure instanceof PromptBlockedException || failure instanceof ImageBlockedException) {
            return "I cannot make this picture. The service that draws it does not allow your"
                    + " request or your photograph. Please ask for something else or send another photograph.";
        }
        if (failure instanceof NoImageException) {
            return "Your instruction did not lead to a picture. Please send it again and describe in other words what you want to see.";
        }
        if (failure instanceof ReferenceImageException) {
            return "I cannot open a picture in your mail. Please save it as JPEG or PNG and send it again.";
        }
        if (failure instanceof RequestTimeoutException || failure instanceof ServiceUnavailableException) {
            return "I tried several times and got no picture. Please send your mail again later, or ask for something"
                    + " simpler.";
        }
        return "I could not make a picture from your mail. Please try another photograph or other words.";
    }
    // end::answers[]

    /** What was ignored, to be mentioned beside the picture; empty when nothing was. */
    static String leftAside(List<String> others) {
        return others.isEmpty()
                ? ""
                : "\n\nI ignored these attachments, which are not pictures: " + names(others) + ".";
    }

    private static String names(List<String> others) {
        return String.join(", ", others.subList(0, Math.min(5, others.size()))) + (others.size() > 5 ? ", …" : "");
    }
}

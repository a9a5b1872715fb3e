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
            "Here is your picture. To have it changed again, attach it to a new mail and write what"
                    + " is to be different.";

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
                    "There is no picture in your mail. Please attach a photograph, and write in the"
                            + " mail what I am to change in it.");
        }
        if (mail.pictures().isEmpty()) {
            throw new UnusableMailException("I can only work on pictures, and this is none: " + names(mail.others())
                    + ". Please attach the photograph itself, as JPEG, PNG, WebP or HEIC.");
        }
        if (mail.pictures().size() > most) {
            throw new UnusableMailException(
                    "There are " + mail.pictures().size() + " pictures in your mail, and I can take " + most
                            + " at once. Please send fewer, in several mails if you need them all.");
        }
        if (mail.instruction().isEmpty()) {
            throw new UnusableMailException(
                    "I have your picture, but I do not know what to do with it. Please send it again"
                            + " and write it in the mail, for example: Make it winter.");
        }
        if (mail.instruction().length() > LONGEST_INSTRUCTION) {
            throw new UnusableMailException(
                    "Your text is too long for me: " + mail.instruction().length()
                            + " characters, and I read up to " + LONGEST_INSTRUCTION
                            + ". Please send the picture again, with nothing but what I am to change.");
        }
    }
    // end::check[]

    // tag::answers[]
    /**
     * Whether the sender should get an explanation. All other failures are for the operator; the mail then stays unread
     * and is tried again.
     */
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

    /** A sentence that says what to do about a failure. */
    static String of(Exception failure) {
        if (failure instanceof UnusableMailException) {
            return failure.getMessage();
        }
        if (failure instanceof PromptBlockedException || failure instanceof ImageBlockedException) {
            return "I may not make this picture: what you ask for, or the photograph, is against the rules of the service"
                    + " that draws for me. Please ask for something else, or send another photograph.";
        }
        if (failure instanceof NoImageException) {
            return "No picture came of what you wrote. Please send it again and say in other words what you want to see.";
        }
        if (failure instanceof ReferenceImageException) {
            return "I cannot open a picture in your mail. Please save it as JPEG or PNG and send it again.";
        }
        if (failure instanceof RequestTimeoutException || failure instanceof ServiceUnavailableException) {
            return "I tried several times and got no picture. Please send your mail again later, or ask for something"
                    + " simpler.";
        }
        return "I could not make a picture of your mail. Please try it with another photograph, or in other words.";
    }
    // end::answers[]

    /** What was ignored, to be mentioned beside the picture; empty when nothing was. */
    static String leftAside(List<String> others) {
        return others.isEmpty() ? "" : "\n\nI left aside what is no picture: " + names(others) + ".";
    }

    private static String names(List<String> others) {
        return String.join(", ", others.subList(0, Math.min(5, others.size()))) + (others.size() > 5 ? ", …" : "");
    }
}

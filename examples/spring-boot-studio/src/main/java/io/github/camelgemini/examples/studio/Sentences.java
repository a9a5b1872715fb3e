package io.github.camelgemini.examples.studio;

import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.BudgetExceededException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;

/** Explains failures to users: the message of the exception, and what to do about it. */
final class Sentences {

    private Sentences() {}

    static String of(Throwable failure) {
        if (failure instanceof AuthenticationException) {
            // For the operator, not for the public.
            return "The studio cannot use the model at the moment. Its log says why.";
        }
        if (failure instanceof BudgetExceededException) {
            return "The studio's budget is used up for the moment. Its log has the details.";
        }
        if (!(failure instanceof GeminiImageException)) {
            return "Something went wrong in the studio. Its log says what.";
        }
        return sentence(failure.getMessage()) + advice(failure);
    }

    /** Whether the request has to be changed. All other failures are for the operator: network, quota, key. */
    static boolean concernsSender(Throwable failure) {
        return failure instanceof InvalidRequestException
                || failure instanceof ReferenceImageException
                || failure instanceof PromptBlockedException
                || failure instanceof ImageBlockedException
                || failure instanceof NoImageException;
    }

    private static String advice(Throwable failure) {
        if (failure instanceof PromptBlockedException || failure instanceof ImageBlockedException) {
            return " Try it in other words.";
        }
        if (failure instanceof NoImageException) {
            return " Say in the prompt that you want a picture.";
        }
        if (failure instanceof RateLimitException
                || failure instanceof ServiceUnavailableException
                || failure instanceof RequestTimeoutException) {
            return " Try again in a minute.";
        }
        return "";
    }

    private static String sentence(String message) {
        String text = message == null || message.isBlank() ? "The picture could not be drawn" : message.strip();
        return text.matches("(?s).*[.!?]") ? text : text + ".";
    }
}

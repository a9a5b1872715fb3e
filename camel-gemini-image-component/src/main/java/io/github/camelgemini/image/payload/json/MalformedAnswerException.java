package io.github.camelgemini.image.payload.json;

import io.github.camelgemini.image.secret.OutsideFailure;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.IOException;

/**
 * An answer arrived that breaks the API's format: it is not JSON, incomplete, not Base64 where Base64 is expected, or
 * beyond the {@link AnswerLimits}. Network failures are other {@link IOException}s.
 */
public final class MalformedAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String where;
    private final long position;
    private boolean passedOver;

    MalformedAnswerException(String problem, String where, long position, Throwable cause) {
        super(
                OutsideText.of("Malformed answer: " + problem + " at byte " + position
                        + (where.isEmpty() ? "" : ", in " + where)),
                OutsideFailure.of(cause));
        this.problem = OutsideText.of(problem);
        this.where = OutsideText.of(where);
        this.position = position;
    }

    /** The same exception with the place in the JSON, which was unknown when the problem was found. */
    MalformedAnswerException in(String place) {
        if (!where.isEmpty()) {
            return this;
        }
        MalformedAnswerException located = new MalformedAnswerException(problem, place, position, getCause());
        located.setStackTrace(getStackTrace());
        return located;
    }

    MalformedAnswerException passedOver() {
        passedOver = true;
        return this;
    }

    /** Whether only one value is affected, and what follows can be read. */
    boolean isPassedOver() {
        return passedOver;
    }

    /** What is wrong, without the place. Never contains a picture, and only a few characters of other text. */
    public String problem() {
        return problem;
    }

    /** The place in the JSON as a JSON Pointer such as {@code /candidates/0/content}; empty for the whole answer. */
    public String where() {
        return where;
    }

    /** The position of the problem: the number of bytes before it in the answer, or in the event of a stream. */
    public long position() {
        return position;
    }
}

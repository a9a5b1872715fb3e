package io.github.camelgemini.image.payload.json;

import io.github.camelgemini.image.secret.OutsideFailure;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.IOException;

/**
 * An answer arrived that is not what the API promises: not JSON, cut off, not Base64 where Base64 must be, or beyond
 * the {@link AnswerLimits}. Failures of the network are not this, but other {@link IOException}s.
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

    /** The same, with the place in the JSON, which whoever found the problem did not know. */
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

    /** Whether it concerns one value alone, and what follows it can be read. */
    boolean isPassedOver() {
        return passedOver;
    }

    /** What is wrong, without where. Never contains a picture, and of other text a few characters at most. */
    public String problem() {
        return problem;
    }

    /** The place in the JSON as a JSON Pointer such as {@code /candidates/0/content}; empty for the whole answer. */
    public String where() {
        return where;
    }

    /** How many bytes of the answer, or of the event of a stream, come before what is wrong. */
    public long position() {
        return position;
    }
}

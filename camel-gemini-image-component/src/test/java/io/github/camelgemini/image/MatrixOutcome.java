package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.error.GeminiImageException;
import org.apache.camel.Exchange;

/**
 * The outcome of a call in the fault matrix.
 *
 * @param failure the exception, or {@link #PICTURE}
 * @param calls the number of calls, from the exception or the header
 * @param message of the exception
 */
record MatrixOutcome(String failure, int calls, String message) {

    static final String PICTURE = "picture";

    static MatrixOutcome of(Exchange exchange, MatrixCall call) {
        if (exchange.getException() instanceof GeminiImageException failure) {
            String name = failure.getClass().getSimpleName();
            return new MatrixOutcome(name, failure.getAttempts(), failure.getMessage());
        }
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.IMAGE_COUNT))
                .isEqualTo(call.pictures());
        return new MatrixOutcome(
                PICTURE, exchange.getMessage().getHeader(GeminiImageHeaders.ATTEMPTS, Integer.class), "");
    }

    /** The number of calls in excess of one for each picture. */
    int callsMore(MatrixCall call) {
        return calls - (isPicture() ? call.pictures() : 1);
    }

    /** Whether a picture stays after the exchange, because a conversation keeps it. */
    boolean keepsAPicture(MatrixCall call) {
        return isPicture() && call == MatrixCall.CHAT;
    }

    /** For another process. */
    String toLine() {
        return String.join("\t", failure, String.valueOf(calls), message.replaceAll("\\s", " "));
    }

    static MatrixOutcome ofLine(String[] fields, int first) {
        return new MatrixOutcome(fields[first], Integer.parseInt(fields[first + 1]), fields[first + 2]);
    }

    boolean isPicture() {
        return failure.equals(PICTURE);
    }
}

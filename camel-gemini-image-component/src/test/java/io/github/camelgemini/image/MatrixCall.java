package io.github.camelgemini.image;

import java.util.Arrays;
import java.util.Map;

/** The calls that the fault matrix makes. */
enum MatrixCall {
    GENERATE("generate", "gemini-image:generate?"),
    EDIT("edit", "gemini-image:edit?"),
    CHAT("chat", "gemini-image:chat?conversationId=cat&"),
    FOUR("numImages=4", "gemini-image:generate?numImages=4&"),
    STREAM("stream=true", "gemini-image:generate?stream=true&");

    private static final int REFERENCE = 3_000_000;

    private final String title;
    private final String uri;

    MatrixCall(String title, String uri) {
        this.title = title;
        this.uri = uri;
    }

    String uri(String options) {
        return uri + options;
    }

    /** The prompt goes with {@link #headers}. */
    Object body() {
        return this == EDIT ? Reference.BYTES : null;
    }

    Map<String, Object> headers(String prompt) {
        return Map.of(GeminiImageHeaders.PROMPT, prompt);
    }

    int pictures() {
        return this == FOUR ? 4 : 1;
    }

    @Override
    public String toString() {
        return title;
    }

    /** A small JPEG, and behind its end what makes it large. */
    private static final class Reference {
        static final byte[] BYTES = Arrays.copyOf(Pictures.draw("jpg", 64, 64), REFERENCE);
    }
}

package io.github.camelgemini.image.backend.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an answer under a {@link SilenceLimit}. As long as the model draws, silence is nothing unusual: before the first
 * byte, and in a stream of events between its lines. There it has no limit.
 */
final class AnswerBody extends InputStream {

    private final InputStream in;
    private final SilenceLimit silence;
    private final SilenceLimit answer;
    private boolean ofEvents;
    private boolean drawing = true;
    private boolean ended;
    private long length;

    /** @param answer until its first byte */
    AnswerBody(InputStream in, SilenceLimit silence, SilenceLimit answer) {
        this.in = in;
        this.silence = silence;
        this.answer = answer;
    }

    void readAsEvents() {
        ofEvents = true;
    }

    /** Whether all of it was read, so that its connection can be used again. */
    boolean isAtEnd() throws IOException {
        return ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read;
        try {
            if (!drawing) {
                silence.begin();
            }
            read = in.read(bytes, offset, count);
            answer.end();
        } catch (IOException e) {
            throw silence.explain("after " + length + " bytes of the answer, nothing arrived for ", e);
        } finally {
            silence.end();
        }
        if (read > 0) {
            length += read;
            byte last = bytes[offset + read - 1];
            drawing = ofEvents && (last == '\n' || last == '\r');
        }
        ended |= read < 0;
        return read;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }
}

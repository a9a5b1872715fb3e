package io.github.camelgemini.image.backend.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an answer, with a {@link SilenceLimit}. While the model works, silence is normal: before the first byte,
 * and between the lines of an event stream. There is no limit then.
 */
final class AnswerBody extends InputStream {

    private final InputStream in;
    private final SilenceLimit silence;
    private final SilenceLimit answer;
    private boolean ofEvents;
    private boolean drawing = true;
    private boolean ended;
    private long length;

    /**
     * @param answer the limit until the first byte
     */
    AnswerBody(InputStream in, SilenceLimit silence, SilenceLimit answer) {
        this.in = in;
        this.silence = silence;
        this.answer = answer;
    }

    void readAsEvents() {
        ofEvents = true;
    }

    /** Whether everything was read, so that the connection can be reused. */
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

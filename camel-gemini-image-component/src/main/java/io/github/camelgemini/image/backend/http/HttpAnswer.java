package io.github.camelgemini.image.backend.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.ProtocolException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;

/** An answer of a service, whose body is read as it comes. */
public final class HttpAnswer {

    /** Of an answer that is an error, in bytes. */
    private static final int LONGEST_ERROR = 1 << 20;

    /** Before a page begins, in bytes. */
    private static final int LONGEST_BLANK = 64;

    private final ClassicHttpResponse response;
    private final AnswerBody body;

    HttpAnswer(ClassicHttpResponse response, AnswerBody body) {
        this.response = response;
        this.body = body;
        if (isEventStream()) {
            body.readAsEvents();
        }
    }

    /** The HTTP status. */
    public int status() {
        return response.getCode();
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status() >= 200 && status() < 300;
    }

    /** The first header of that name, in any case; null when there is none. */
    public String header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** Whether it says that it is a stream of server-sent events. */
    public boolean isEventStream() {
        ContentType type = ContentType.parseLenient(header("Content-Type"));
        return type != null && "text/event-stream".equalsIgnoreCase(type.getMimeType());
    }

    /**
     * The body, unpacked, to be read once. It fails when nothing comes for {@code idleTimeout} once it has begun, except between
     * the lines of a stream of events. What is left of it unread ends with the connection.
     */
    public InputStream body() {
        return body;
    }

    /**
     * The body as {@link #body}, of a service whose answers are JSON.
     *
     * @throws IOException when it is a page for people, as proxies and balancers send it under a status of success; then
     *     nobody knows what the service would have said
     */
    public InputStream json() throws IOException {
        PushbackInputStream json = new PushbackInputStream(body, LONGEST_BLANK);
        byte[] start = json.readNBytes(LONGEST_BLANK);
        if (new String(start, StandardCharsets.ISO_8859_1).stripLeading().startsWith("<")) {
            throw new ProtocolException("the answer is an HTML page instead of JSON");
        }
        json.unread(start);
        return json;
    }

    /** Says of an answer that does not say so itself that it is a stream of events, so that silence between them has no limit. */
    public void readAsEvents() {
        body.readAsEvents();
    }

    /** The body as text, as far as an error is read: 1 MB. */
    public String text() throws IOException {
        ContentType type = ContentType.parseLenient(header("Content-Type"));
        Charset charset = type == null ? null : type.getCharset();
        return new String(body.readNBytes(LONGEST_ERROR), charset == null ? StandardCharsets.UTF_8 : charset);
    }

    @Override
    public String toString() {
        return "HttpAnswer[" + status() + "]";
    }
}

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

/** An answer of a service. Its body is read while it arrives. */
public final class HttpAnswer {

    /** The longest error that is read, in bytes. */
    private static final int LONGEST_ERROR = 1 << 20;

    /** The most white space before a page, in bytes. */
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

    /** Whether the server declares a stream of server-sent events. */
    public boolean isEventStream() {
        ContentType type = ContentType.parseLenient(header("Content-Type"));
        return type != null && "text/event-stream".equalsIgnoreCase(type.getMimeType());
    }

    /**
     * The decompressed body, which can be read once. Reading fails if nothing arrives for {@code idleTimeout}. This
     * limit does not apply before the first byte, nor between the lines of an event stream. If the body is not read
     * completely, its connection is closed.
     */
    public InputStream body() {
        return body;
    }

    /**
     * The body as {@link #body}, for a service whose answers are JSON.
     *
     * @throws IOException when it is an HTML page, which proxies and load balancers send even with a success status;
     *     the service's own answer is then unknown
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

    /**
     * Treats the body as an event stream although the server does not declare one, so that pauses between its lines
     * have no limit.
     */
    public void readAsEvents() {
        body.readAsEvents();
    }

    /** The body as text. Reads at most 1 MB, which is enough for an error. */
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

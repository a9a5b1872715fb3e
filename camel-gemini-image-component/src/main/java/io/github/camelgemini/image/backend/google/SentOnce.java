package io.github.camelgemini.image.backend.google;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A request that OkHttp does not repeat by itself. It would do so after a broken connection to a server with several
 * addresses, and after HTTP 408. Such a call may be billed, and would not be counted. Also detects stalled uploads.
 */
final class SentOnce extends RequestBody {

    private final RequestBody body;
    private final Duration idleTimeout;

    SentOnce(RequestBody body, Duration idleTimeout) {
        this.body = body;
        this.idleTimeout = idleTimeout;
    }

    @Override
    public MediaType contentType() {
        return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
        return body.contentLength();
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try {
            body.writeTo(sink);
        } catch (SocketTimeoutException e) {
            throw AnswerBody.stalled("the server accepted no more of the request for ", idleTimeout, e);
        }
    }
}

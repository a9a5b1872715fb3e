package io.github.camelgemini.image.backend.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection of HttpClient that logs nothing. HttpClient's own logs headers and bytes, and with them keys and
 * pictures. It also reads an answer that arrives before the whole request was sent, such as the error for a request
 * that is too large.
 */
final class QuietConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {

    /** How many bytes are sent between two checks for an answer. With TLS a check takes a millisecond. */
    private static final long BETWEEN_LOOKS = 256 * 1024;

    /** HttpClient has no limits by default. A server could fill the heap with headers, or with trailers. */
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(64 * 1024)
            .setMaxHeaderCount(200)
            .build();

    private Timeout ofSocket = Timeout.DISABLED;
    private boolean cutShort;

    private QuietConnection() {
        super(
                LIMITS,
                StandardCharsets.UTF_8.newDecoder(),
                StandardCharsets.UTF_8.newEncoder(),
                null,
                null,
                new MonitoringResponseOutOfOrderStrategy(BETWEEN_LOOKS),
                null,
                new DefaultHttpResponseParserFactory(LIMITS));
    }

    /**
     * @param socket to bind to, or null
     */
    static QuietConnection bound(Socket socket) throws IOException {
        QuietConnection connection = new QuietConnection();
        if (socket != null) {
            connection.bind(socket);
        }
        return connection;
    }

    @Override
    public void bind(SocketHolder holder) throws IOException {
        super.bind(holder);
        ofSocket = Timeout.ofMilliseconds(holder.getSocket().getSoTimeout());
    }

    @Override
    public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
        try {
            super.sendRequestEntity(request);
        } catch (IOException e) {
            if (!isOpen() || !isAnswered()) {
                throw e;
            }
            cutShort = true;
        }
    }

    private boolean isAnswered() {
        try {
            return isDataAvailable(Timeout.ofMilliseconds(100));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean isConsistent() {
        return !cutShort && super.isConsistent();
    }

    @Override
    public Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    @Override
    public void passivate() {
        setSocketTimeout(Timeout.DISABLED);
    }

    @Override
    public void activate() {
        setSocketTimeout(ofSocket);
    }
}

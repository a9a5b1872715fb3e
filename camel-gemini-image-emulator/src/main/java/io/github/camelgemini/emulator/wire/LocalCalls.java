package io.github.camelgemini.emulator.wire;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of the emulator to this machine. A request must not make it call other servers. */
public final class LocalCalls {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCalls.class);
    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** Whether a URL may be called; logs a warning if not. */
    public static boolean isLocal(URI uri) {
        boolean local = uri.getHost() != null
                && uri.getScheme() != null
                && uri.getScheme().startsWith("http")
                && THIS_MACHINE.matcher(uri.getHost()).matches();
        if (!local) {
            LOG.warn("A webhook at {} is not called, because it is not on this machine", uri.getHost());
        }
        return local;
    }

    /**
     * Posts JSON to a URL that {@link #isLocal}.
     *
     * @return the status, or 0 when the call failed
     */
    public CompletableFuture<Integer> post(URI uri, Map<String, String> headers, byte[] json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json));
        headers.forEach(request::header);
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> {
                    if (failure != null) {
                        LOG.warn("A webhook at {} could not be called", uri.getHost(), failure);
                        return 0;
                    }
                    return response.statusCode();
                });
    }
}

package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.wire.Body;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * What web pages may do. They may call the API from any origin, as with Google's (CORS). The emulator's own paths are
 * for its own page only, because another page must neither read a developer's requests nor script faults.
 */
final class Browsers {

    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    /** Response headers that a page could not read otherwise. */
    private static final String EXPOSED = String.join(
            ", ",
            "X-Goog-Upload-URL",
            "X-Goog-Upload-Status",
            "X-Goog-Upload-Size-Received",
            "x-gemini-service-tier",
            "Retry-After",
            "x-inference-id",
            "x-client-request-id",
            "x-aimlapi-credits-used",
            "x-aimlapi-usd-spent");

    private Browsers() {}

    /** Whether this is a CORS preflight request. */
    static boolean isPreflight(Request request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeaders().contains(HttpHeader.ORIGIN)
                && request.getHeaders().contains("Access-Control-Request-Method");
    }

    /** The answer to a preflight request: allowed. */
    static Reply preflight(Request request) {
        String headers = request.getHeaders().get("Access-Control-Request-Headers");
        return new Reply(
                200,
                "text/plain",
                Map.of(
                        ALLOW_ORIGIN,
                        "*",
                        "Access-Control-Allow-Methods",
                        "GET, POST, PUT, DELETE",
                        "Access-Control-Allow-Headers",
                        headers == null ? "*" : headers,
                        "Access-Control-Max-Age",
                        "3600"),
                Body.of(""));
    }

    /** The CORS headers of an answer; none when the request does not come from a page. */
    static Map<String, String> headers(Request request) {
        return request.getHeaders().contains(HttpHeader.ORIGIN)
                ? Map.of(ALLOW_ORIGIN, "*", "Access-Control-Expose-Headers", EXPOSED)
                : Map.of();
    }

    /** The answer to a request with another host name than the {@link AllowedHosts}. */
    static Reply unknownHost() {
        return new Reply(
                403,
                "text/plain; charset=UTF-8",
                Body.of(
                        "The emulator does not accept this host name, because a foreign web page may use it. If the name is yours,"
                                + " start the emulator with --allowed-host and the name, or call allowedHosts of its builder.\n"));
    }

    /** Whether a request comes from a page of another origin. */
    static boolean isForeign(Request request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String host = request.getHeaders().get(HttpHeader.HOST);
        return origin != null
                && authority(origin).filter(own -> own.equalsIgnoreCase(host)).isEmpty();
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException opaque) {
            return Optional.empty();
        }
    }
}

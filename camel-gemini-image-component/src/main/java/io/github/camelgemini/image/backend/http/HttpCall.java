package io.github.camelgemini.image.backend.http;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.RequestBody;

/**
 * A call to a service.
 *
 * @param method {@code GET}, {@code POST}, …
 * @param uri with the query, which may contain a key
 * @param headers by name; may contain a key
 * @param body streamed when it is sent, and only once; null for none
 * @param model that is called, for messages; null for none
 * @param silence the longest time without progress before the answer begins; zero for no limit, as a model may need
 *     minutes
 */
public record HttpCall(
        String method, URI uri, Map<String, String> headers, RequestBody body, String model, Duration silence) {

    /** Copies the headers. */
    public HttpCall {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** A GET without headers. */
    public static HttpCall get(URI uri) {
        return of("GET", uri, null);
    }

    /** A POST without headers. */
    public static HttpCall post(URI uri, RequestBody body) {
        return of("POST", uri, body);
    }

    /** A call without headers, and without a limit for the wait before the answer. */
    public static HttpCall of(String method, URI uri, RequestBody body) {
        return new HttpCall(method, uri, Map.of(), body, null, Duration.ZERO);
    }

    /** The same call with another header; unchanged if the value is null. */
    public HttpCall header(String name, String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpCall(method, uri, more, body, model, silence);
    }

    /** The same call, with the model for messages. */
    public HttpCall ofModel(String asked) {
        return new HttpCall(method, uri, headers, body, asked, silence);
    }

    /** The same call, which fails if nothing happens for that long before the answer begins. */
    public HttpCall answeredWithin(Duration limit) {
        return new HttpCall(method, uri, headers, body, model, limit);
    }

    /** Leaves out query and headers, since any of them may be secret. */
    @Override
    public String toString() {
        String host = String.valueOf(uri.getRawAuthority()).replaceFirst(".*@", "");
        return method + " " + uri.getScheme() + "://" + host + uri.getRawPath();
    }
}

package io.github.camelgemini.image.backend.http;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.RequestBody;

/**
 * What is asked of a service.
 *
 * @param method {@code GET}, {@code POST}, …
 * @param uri with the query, which may carry a key
 * @param headers by name, which may carry a key
 * @param body what is sent, streamed and only once; null for nothing
 * @param model that is asked, for messages; null when it is none
 * @param silence how long nothing may happen until the answer begins; zero for any time, as a model may draw meanwhile
 */
public record HttpCall(
        String method, URI uri, Map<String, String> headers, RequestBody body, String model, Duration silence) {

    /** Copies the headers. */
    public HttpCall {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public static HttpCall get(URI uri) {
        return of("GET", uri, null);
    }

    public static HttpCall post(URI uri, RequestBody body) {
        return of("POST", uri, body);
    }

    /** Without headers, and with any time to be answered. */
    public static HttpCall of(String method, URI uri, RequestBody body) {
        return new HttpCall(method, uri, Map.of(), body, null, Duration.ZERO);
    }

    /** The same with a header more; null as value changes nothing. */
    public HttpCall header(String name, String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpCall(method, uri, more, body, model, silence);
    }

    /** The same, which is told of as a call of this model. */
    public HttpCall ofModel(String asked) {
        return new HttpCall(method, uri, headers, body, asked, silence);
    }

    /** The same, which ends when nothing happens for so long before its answer begins. */
    public HttpCall answeredWithin(Duration limit) {
        return new HttpCall(method, uri, headers, body, model, limit);
    }

    /** Without query and headers, any of which may be secret. */
    @Override
    public String toString() {
        String host = String.valueOf(uri.getRawAuthority()).replaceFirst(".*@", "");
        return method + " " + uri.getScheme() + "://" + host + uri.getRawPath();
    }
}

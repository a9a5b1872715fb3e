package io.github.camelgemini.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.wire.Body;
import io.github.camelgemini.emulator.wire.JsonBody;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole HTTP response, without the headers of its transfer.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param headers others
 * @param body can be sent once
 */
public record Reply(int status, String contentType, Map<String, String> headers, Body body) {

    /** The content type of JSON. */
    public static final String JSON = "application/json; charset=UTF-8";

    /** A response without other headers. */
    public Reply(int status, String contentType, Body body) {
        this(status, contentType, Map.of(), body);
    }

    /** A response with JSON. */
    public static Reply json(int status, JsonNode json) {
        return new Reply(status, JSON, JsonBody.of(json));
    }

    /** The same response with another header. */
    public Reply withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, more, body);
    }

    /** Google's page for an unknown URL. */
    public static Reply notFoundPage(String path) {
        String escaped = path.replace("&", "&amp;").replace("<", "&lt;");
        return new Reply(
                404,
                "text/html; charset=UTF-8",
                Body.of(
                        "<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title><p><b>404.</b> <ins>That’s an"
                                + " error.</ins><p>The requested URL <code>" + escaped
                                + "</code> was not found on this server. <ins>That’s all we know.</ins></html>"));
    }
}

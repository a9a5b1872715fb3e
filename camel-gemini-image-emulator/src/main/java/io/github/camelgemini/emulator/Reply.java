package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.wire.Body;
import io.github.camelgemini.emulator.wire.JsonBody;
import java.util.Map;

/**
 * A whole HTTP response, but for the headers of its transfer.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param headers others
 * @param body can be sent once
 */
record Reply(int status, String contentType, Map<String, String> headers, Body body) {

    static final String JSON = "application/json; charset=UTF-8";

    Reply(int status, String contentType, Body body) {
        this(status, contentType, Map.of(), body);
    }

    static Reply json(int status, JsonNode json) {
        return new Reply(status, JSON, JsonBody.of(json));
    }

    Reply withHeader(String name, String value) {
        return new Reply(status, contentType, Map.of(name, value), body);
    }

    static Reply error(ApiError error) {
        return json(error.code(), error.toJson());
    }

    /** What Google's front end says for a URL that it does not know. */
    static Reply notFoundPage(String path) {
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

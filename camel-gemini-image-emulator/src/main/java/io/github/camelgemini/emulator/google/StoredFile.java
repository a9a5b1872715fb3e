package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A file of the Files API.
 *
 * @param id without {@code files/}
 * @param displayName from the upload; may be empty
 * @param mimeType from the upload
 * @param content its bytes
 * @param created when its upload was complete
 * @param processing how long its processing takes
 * @param failed whether its processing fails
 * @param lifetime how long it exists
 */
record StoredFile(
        String id,
        String displayName,
        String mimeType,
        ReferencePicture content,
        Instant created,
        Duration processing,
        boolean failed,
        Duration lifetime) {

    boolean isExpired() {
        return !Instant.now().isBefore(created.plus(lifetime));
    }

    String state() {
        if (Instant.now().isBefore(created.plus(processing))) {
            return "PROCESSING";
        }
        return failed ? "FAILED" : "ACTIVE";
    }

    /**
     * @param baseUrl scheme, host and version of the API as the client knows it
     */
    ObjectNode toJson(String baseUrl) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", "files/" + id);
        if (!displayName.isEmpty()) {
            json.put("displayName", displayName);
        }
        // As in live answers: the Base64 of the hexadecimal digits.
        String sha256 = Base64.getEncoder().encodeToString(content.sha256().getBytes(StandardCharsets.US_ASCII));
        json.put("mimeType", mimeType)
                .put("sizeBytes", Long.toString(content.length()))
                .put("createTime", created.toString())
                .put("updateTime", created.toString())
                .put("expirationTime", created.plus(lifetime).toString())
                .put("sha256Hash", sha256)
                .put("uri", baseUrl + "/files/" + id)
                .put("state", state())
                .put("source", "UPLOADED");
        if (state().equals("FAILED")) {
            json.putObject("error").put("code", 3).put("message", "The file could not be processed.");
        }
        return json;
    }
}

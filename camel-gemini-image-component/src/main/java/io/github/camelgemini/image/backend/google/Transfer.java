package io.github.camelgemini.image.backend.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.backend.Ends;
import io.github.camelgemini.image.backend.gemini.Received;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.json.Handle;
import io.github.camelgemini.image.payload.json.ResponseJson;
import io.github.camelgemini.image.request.ProgressListener;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.Call;
import okhttp3.RequestBody;

/** One call of the API: the pictures to send, and what came back. Used by one thread, but for {@link #cancel}. */
final class Transfer {

    private final Map<Handle, PayloadSource> pictures = new LinkedHashMap<>();
    private final ProgressListener progress;
    private final Ends ends = new Ends();
    private volatile Call call;
    private JsonNode answer;
    private String serviceTier;
    private ErrorResponse error;
    private boolean writeOnly;
    private RequestBody written;

    /** @param progress told how the call gets on */
    Transfer(ProgressListener progress) {
        this.progress = progress;
    }

    ProgressListener progress() {
        return progress;
    }

    /** Takes a picture along; the bytes returned stand for it in the SDK's request. */
    byte[] send(PayloadSource picture) {
        Handle handle = Handle.create();
        pictures.put(handle, picture);
        return handle.bytes();
    }

    Map<Handle, PayloadSource> pictures() {
        return pictures;
    }

    /** Ends the call, now or as soon as it starts, and what belongs to it; safe from any thread. */
    void cancel() {
        ends.run();
    }

    /** The body of the request, where it is not to be sent; null otherwise. */
    RequestBody written() {
        return written;
    }

    /** Not to send the request, but to keep its body. */
    void writeOnly() {
        writeOnly = true;
    }

    boolean isWriteOnly() {
        return writeOnly;
    }

    void written(RequestBody body) {
        written = body;
    }

    /** What else ends with the call; run at once when it was cancelled before. */
    void onCancel(Runnable end) {
        ends.add(end);
    }

    void started(Call started) throws IOException {
        call = started;
        ends.add(started::cancel);
        if (ends.came()) {
            throw new IOException("Canceled");
        }
    }

    /** The server that is called; null before that. */
    String host() {
        return call == null ? null : call.request().url().host();
    }

    void answered(JsonNode json, String tier) {
        answer = json;
        serviceTier = tier;
    }

    /** An answer with a status of success, or the error within. */
    void received(Received received, String tier) {
        if (received.error() == null) {
            answered(received.answer(), tier);
        } else {
            refused(received.error());
        }
    }

    void refused(ErrorResponse response) {
        error = response;
    }

    /** Discards an answer that nobody takes. */
    void discard() {
        if (answer != null) {
            ResponseJson.discard(answer);
        }
    }

    /** The answer with its pictures as payloads; null if there is an {@link #error}. */
    JsonNode answer() {
        return answer;
    }

    /** The tier that served the call by the answer's header, or null. */
    String serviceTier() {
        return serviceTier;
    }

    /** An answer that is not 2xx, or null. */
    ErrorResponse error() {
        return error;
    }
}

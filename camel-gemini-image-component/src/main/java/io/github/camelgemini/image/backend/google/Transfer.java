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

/** One call of the API: the pictures to send, and the answer. Used by one thread, except {@link #cancel}. */
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

    /**
     * @param progress receives the progress of the call
     */
    Transfer(ProgressListener progress) {
        this.progress = progress;
    }

    ProgressListener progress() {
        return progress;
    }

    /** Registers a picture to send. The SDK's request contains the returned bytes in its place. */
    byte[] send(PayloadSource picture) {
        Handle handle = Handle.create();
        pictures.put(handle, picture);
        return handle.bytes();
    }

    Map<Handle, PayloadSource> pictures() {
        return pictures;
    }

    /** Cancels the call, now or as soon as it starts, and everything that belongs to it. Thread-safe. */
    void cancel() {
        ends.run();
    }

    /** The body of the request if it is only written and not sent; null otherwise. */
    RequestBody written() {
        return written;
    }

    /** Keeps the body of the request instead of sending it. */
    void writeOnly() {
        writeOnly = true;
    }

    boolean isWriteOnly() {
        return writeOnly;
    }

    void written(RequestBody body) {
        written = body;
    }

    /** Adds a task to run when the call is cancelled. Runs it at once if that has already happened. */
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

    /** The server that is called; null before the call. */
    String host() {
        return call == null ? null : call.request().url().host();
    }

    void answered(JsonNode json, String tier) {
        answer = json;
        serviceTier = tier;
    }

    /** Takes a successful answer, or the error in it. */
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

    /** Discards an answer that is not used. */
    void discard() {
        if (answer != null) {
            ResponseJson.discard(answer);
        }
    }

    /** The answer with its pictures as payloads; null if there is an {@link #error}. */
    JsonNode answer() {
        return answer;
    }

    /** The service tier from the answer's header, or null. */
    String serviceTier() {
        return serviceTier;
    }

    /** An answer with an error, or null. */
    ErrorResponse error() {
        return error;
    }
}

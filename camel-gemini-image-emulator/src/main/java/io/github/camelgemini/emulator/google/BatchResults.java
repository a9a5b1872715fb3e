package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.ParsedBody;
import io.github.camelgemini.emulator.wire.Body;
import io.github.camelgemini.emulator.wire.JsonBody;
import io.github.camelgemini.emulator.wire.LiveBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The results of a batch, created one after another while they are sent. */
final class BatchResults implements LiveBody {

    private static final ByteBuffer NOTHING_YET = ByteBuffer.allocate(0);

    private final Batch batch;
    /** Processes a request. */
    private final Function<ParsedBody, CompletableFuture<ObjectNode>> drawing;

    private final ResultForm form;
    private BatchSource.Lines lines;
    /** The number of the last request that was read. */
    private int number;
    /** Which numbers to skip in this pass: their remainder modulo 2; any other value for none. */
    private int leftOut;

    private ParsedBody request;
    private CompletableFuture<Body> coming;
    private Body current;
    private boolean first = true;
    private boolean ended;

    BatchResults(Batch batch, ResultForm form, Function<ParsedBody, CompletableFuture<ObjectNode>> drawing)
            throws IOException {
        this.batch = batch;
        this.lines = batch.source().lines();
        this.leftOut = batch.generation().queue.shuffled ? 1 : -1;
        this.form = form;
        this.drawing = drawing;
    }

    @Override
    public ByteBuffer next() throws IOException {
        while (!ended) {
            if (current != null) {
                ByteBuffer bytes = current.next();
                if (bytes != null) {
                    return bytes;
                }
                current = null;
                // Its pictures may have been sent with it.
                request.close();
            }
            if (coming == null && !begin()) {
                ended = true;
                lines.close();
                return null;
            }
            if (!coming.isDone()) {
                return NOTHING_YET;
            }
            current = coming.join();
            coming = null;
        }
        return null;
    }

    @Override
    public void whenReady(Runnable again) {
        coming.whenComplete((body, failure) -> again.run());
    }

    private boolean begin() throws IOException {
        Set<Integer> missing = batch.generation().queue.missing;
        for (request = read(); request != null && missing.contains(number); request = read()) {
            request.close();
        }
        if (request == null) {
            return false;
        }
        int mine = number;
        JsonNode line = request.json();
        CompletableFuture<ObjectNode> answer = batch.generation().queue.failing.contains(mine)
                ? CompletableFuture.completedFuture(
                        error(13, "An internal error has occurred while the request was processed."))
                : drawing.apply(request);
        coming = answer.thenApply(json -> body(line, json, mine));
        return true;
    }

    /** In order, or first those with even numbers and then the others; null after the last. */
    private ParsedBody read() throws IOException {
        ParsedBody line = lines.next();
        for (number++; line != null && number % 2 == leftOut; number++) {
            line.close();
            line = lines.next();
        }
        if (line != null || leftOut != 1) {
            return line;
        }
        leftOut = 0;
        lines.close();
        lines = batch.source().lines();
        number = 0;
        return read();
    }

    static ObjectNode error(int code, String message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error").put("code", code).put("message", message);
        return json;
    }

    private Body body(JsonNode line, ObjectNode answer, int mine) {
        boolean inline = form == ResultForm.INLINE;
        ObjectNode json = form.json(line, answer, batch.end().orElse(batch.created()));
        List<Body> bodies = new ArrayList<>();
        if (inline && !first) {
            bodies.add(Body.of(","));
        }
        first = false;
        bodies.add(batch.generation().queue.broken.contains(mine) ? Body.of(form.broken(line)) : JsonBody.of(json));
        if (!inline) {
            bodies.add(Body.of("\n"));
        }
        if (batch.generation().queue.repeated.contains(mine) && !inline) {
            bodies.add(JsonBody.of(json));
            bodies.add(Body.of("\n"));
        }
        return Body.concat(bodies);
    }
}

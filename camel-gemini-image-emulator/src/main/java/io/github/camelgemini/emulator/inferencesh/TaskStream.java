package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.queue.Job;
import io.github.camelgemini.emulator.time.EmulatorClock;
import io.github.camelgemini.emulator.wire.LiveBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The event stream of a task: its current state, then each change until its end. The format is either lines of JSON
 * with partial changes, or server-sent events with the whole task.
 */
final class TaskStream implements LiveBody {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Changes between two statuses, as fractions of the task's time. */
    private static final List<Double> STEPS = Stream.concat(
                    Status.ON_THE_WAY.stream().map(Status::begins), Stream.of(0.45, 0.6, 0.75, 1.0))
            .sorted()
            .toList();

    private final Job job;
    private final EmulatorClock clock;
    private final String url;
    private final Generation asked;
    private final boolean events;
    private final Deque<String> ready = new ArrayDeque<>();

    private Instant told;
    private Instant silentSince;
    private Status lastStatus;
    private int lastProgress = -1;
    private int number;
    private boolean ended;

    /**
     * Starts a stream.
     *
     * @param events whether to send server-sent events
     * @param number of the last event that the client received; 0 for none
     */
    TaskStream(Job job, EmulatorClock clock, String url, Generation asked, boolean events, int number) {
        this.job = job;
        this.clock = clock;
        this.url = url;
        this.asked = asked;
        this.events = events;
        this.number = number;
        this.told = clock.instant();
        this.silentSince = told;
        first();
    }

    @Override
    public synchronized ByteBuffer next() {
        String text = ready.poll();
        if (text == null) {
            if (ended) {
                return null;
            }
            look();
            text = ready.poll();
        }
        return text == null ? NOTHING : ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void whenReady(Runnable again) {
        AtomicBoolean woken = new AtomicBoolean();
        Runnable once = () -> {
            if (woken.compareAndSet(false, true)) {
                again.run();
            }
        };
        Instant heartbeat;
        Instant last;
        synchronized (this) {
            heartbeat = silentSince.plus(HEARTBEAT);
            last = told;
        }
        Instant next = STEPS.stream()
                .flatMap(step -> job.when(step).stream())
                .filter(time -> time.isAfter(last))
                .filter(heartbeat::isAfter)
                .findFirst()
                .orElse(heartbeat);
        clock.at(next, once);
        job.whenCancelled(once);
    }

    private TaskJson at(Instant time) {
        return new TaskJson(job, time, url, asked);
    }

    private void first() {
        TaskJson task = at(told);
        ObjectNode json = task.full().put("progress", Status.progress(job, told));
        write("update", json, json);
        lastStatus = task.status();
        lastProgress = Status.progress(job, told);
        if (asked.midStreamError) {
            fail();
        } else if (lastStatus.isTerminal()) {
            end();
        }
    }

    /** Sends all changes since the last look, one after another. */
    private void look() {
        Instant now = clock.instant();
        Instant from = told;
        STEPS.stream()
                .flatMap(step -> job.when(step).stream())
                .filter(time -> time.isAfter(from) && !time.isAfter(now))
                .forEach(this::change);
        if (!ended) {
            change(now);
        }
        told = now;
        if (!ready.isEmpty()) {
            silentSince = now;
        } else if (!now.isBefore(silentSince.plus(HEARTBEAT))) {
            ready.add(events ? ": heartbeat\n\n" : "{\"type\":\"heartbeat\"}\n");
            silentSince = now;
        }
    }

    private void change(Instant time) {
        TaskJson task = at(time);
        Status status = task.status();
        int progress = Status.progress(job, time);
        if (ended || (status == lastStatus && progress == lastProgress)) {
            return;
        }
        ObjectNode whole = task.full().put("progress", progress);
        if (status == Status.RUNNING && progress != lastProgress) {
            delta(progress);
        }
        ObjectNode partial = JsonNodeFactory.instance.objectNode();
        ObjectNode data = partial.putObject("data");
        ArrayNode fields = partial.putArray("fields");
        data.put("id", job.id());
        Stream.concat(
                        Stream.of("status", "status_text", "progress", "updated_at"),
                        status.isTerminal() ? Stream.of("output", "error", "logs") : Stream.empty())
                .forEach(field -> {
                    data.set(field, whole.path(field));
                    fields.add(field);
                });
        write("update", whole, partial);
        lastStatus = status;
        lastProgress = progress;
        if (status.isTerminal()) {
            end();
        }
    }

    private void delta(int progress) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putObject("delta").put("progress", progress).put("percent", progress);
        data.put("seq", number + 1);
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("event", "delta");
        line.set("data", data);
        write("delta", data, line);
    }

    private void fail() {
        JsonNode problem = new Problem(500, "internal_error", "Internal Server Error", "Stream ended").json();
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("event", "error");
        line.set("data", problem);
        write("error", problem, line);
        ended = true;
    }

    private void end() {
        if (events) {
            ready.add("event: done\ndata: {}\n\n");
        }
        ended = true;
    }

    private void write(String event, JsonNode data, JsonNode line) {
        number++;
        ready.add(events ? "id: " + number + "\nevent: " + event + "\ndata: " + data + "\n\n" : line + "\n");
    }
}

package io.github.camelgemini.emulator;

import static io.github.camelgemini.emulator.Http.json;
import static io.github.camelgemini.emulator.Http.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Webhooks of inference.sh, as source document 000 describes them: unsigned, with the result of the task. */
class WebhooksTest {

    private static final Duration TASK = Duration.ofHours(1);

    @RegisterExtension
    static final GeminiEmulatorExtension emulator =
            new GeminiEmulatorExtension(GeminiEmulator.builder().queueTime(TASK));

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private HttpServer receiver;

    private record Call(JsonNode body, Headers headers) {}

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/webhook", exchange -> {
            calls.add(new Call(Http.JSON.readTree(exchange.getRequestBody()), exchange.getRequestHeaders()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private String submit(String host) throws IOException {
        String url = "http://" + host + ":" + receiver.getAddress().getPort() + "/webhook";
        return json(send(post(
                                "/apps/run",
                                "{\"app\":\"google/gemini-3-1-flash-image\",\"input\":{},\"webhook\":\"" + url + "\"}")
                        .build()))
                .at("/data/id")
                .asText();
    }

    private String submit() throws IOException {
        return submit("127.0.0.1");
    }

    private static HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder(URI.create(emulator.inferenceshUrl() + path))
                .header("Authorization", "Bearer key")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private Call next() throws InterruptedException {
        Call call = calls.poll(20, TimeUnit.SECONDS);
        assertThat(call).as("a call of the webhook").isNotNull();
        return call;
    }

    @Test
    void endIsTold() throws IOException, InterruptedException {
        String id = submit();
        emulator.clock().advance(TASK);

        Call call = next();

        List<String> fields = new ArrayList<>();
        call.body().fieldNames().forEachRemaining(fields::add);
        assertThat(fields).containsExactly("id", "status", "output", "error", "session_id", "created_at", "updated_at");
        assertThat(call.body().path("id").asText()).isEqualTo(id);
        assertThat(call.body().path("status").asInt()).isEqualTo(10);
        assertThat(call.body().at("/output/images")).hasSize(1);
        assertThat(call.headers().keySet()).noneMatch(name -> name.toLowerCase().contains("signature"));
        assertThat(emulator.jobs().get(0).webhookCalls()).isEqualTo(1);
    }

    @Test
    void failureIsTold() throws IOException, InterruptedException {
        emulator.next(Fault.jobFails("out of memory"));
        submit();
        emulator.clock().advance(TASK);

        Call call = next();

        assertThat(call.body().path("status").asInt()).isEqualTo(11);
        assertThat(call.body().path("error").asText()).isEqualTo("out of memory");
    }

    @Test
    void cancellationIsTold() throws IOException, InterruptedException {
        String id = submit();

        send(post("/tasks/" + id + "/cancel", "").build());

        assertThat(next().body().path("status").asInt()).isEqualTo(12);
    }

    @Test
    void webhookOfOldHasTheNumbersOfOld() throws IOException, InterruptedException {
        emulator.usually(EmulatedService.INFERENCESH, Fault.oldStatusNumbers());
        submit();
        emulator.clock().advance(TASK);

        assertThat(next().body().path("status").asInt()).isEqualTo(9);
    }

    @Test
    void endIsToldTwice() throws IOException, InterruptedException {
        emulator.next(Fault.webhookTwice());
        submit();
        emulator.clock().advance(TASK);

        assertThat(next().body()).isEqualTo(next().body());
    }

    @Test
    void endIsToldLate() throws IOException, InterruptedException {
        emulator.next(Fault.webhookLate(TASK));
        String late = submit();
        String inTime = submit();
        emulator.clock().advance(TASK);

        assertThat(next().body().path("id").asText()).isEqualTo(inTime);
        assertThat(calls).isEmpty();
        emulator.clock().advance(TASK);
        assertThat(next().body().path("id").asText()).isEqualTo(late);
    }

    @Test
    void endIsNotTold() throws IOException, InterruptedException {
        emulator.next(Fault.webhookLost());
        submit();
        String told = submit();
        emulator.clock().advance(TASK);

        assertThat(next().body().path("id").asText()).isEqualTo(told);
        assertThat(emulator.jobs()).extracting(QueuedJob::webhookCalls).containsExactly(0, 1);
    }

    @Test
    void strangerTellsAnEndThatIsNone() throws IOException, InterruptedException {
        emulator.next(Fault.webhookForged());
        String id = submit();

        Call forged = next();

        assertThat(forged.body().path("id").asText()).isEqualTo(id);
        assertThat(forged.body().path("status").asInt()).isEqualTo(10);
        assertThat(forged.body().at("/output/images/0").asText()).isEqualTo("http://forged.example/picture.png");
        assertThat(emulator.jobs().get(0).status()).isEqualTo("received");
        emulator.clock().advance(TASK);
        assertThat(next().body().at("/output/images/0").asText()).startsWith(emulator.inferenceshUrl());
    }

    @Test
    void endOfAForgottenTaskIsNotTold() throws IOException, InterruptedException {
        submit();
        emulator.clear();
        String known = submit();
        emulator.clock().advance(TASK);

        assertThat(next().body().path("id").asText()).isEqualTo(known);
    }

    @Test
    void strangersAreNotCalled() throws IOException, InterruptedException {
        submit("webhook.example");
        submit();
        emulator.clock().advance(TASK);

        next();
        assertThat(emulator.jobs()).extracting(QueuedJob::webhookCalls).containsExactly(0, 1);
    }
}

package io.github.camelgemini.docs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.EmulatedService;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the page about testing shows of the emulator in Java. */
class EmulatorSnippetsTest {

    @Test
    void faultsAreForTheNextRequestOrForAllThatMatch() throws Exception {
        // tag::faults[]
        try (GeminiEmulator emulator =
                GeminiEmulator.builder().apiKey("test-key").start()) {
            emulator.next(Fault.rateLimited(Duration.ofSeconds(3))); // the next request
            emulator.next(Fault.overloaded()).times(2); // the two after that
            emulator.on(RequestMatcher.prompt("castle")) // whenever the prompt says so
                    .answer(Fault.finish("IMAGE_SAFETY", "No."));

            // point a client at emulator.baseUrl(), call it
            // end::faults[]
            assertThat(draw(emulator, "A cat")).isEqualTo(429);
            assertThat(draw(emulator, "A cat")).isEqualTo(503);
            assertThat(draw(emulator, "A cat")).isEqualTo(503);
            assertThat(draw(emulator, "A cat")).isEqualTo(200);
            // tag::faults[]

            ReceivedRequest request = emulator.requests().get(0);
            String prompt = request.prompt();
            // end::faults[]
            assertThat(prompt).isEqualTo("A cat");
            // tag::faults[]
        }
        // end::faults[]
    }

    @Test
    void servicesHaveFaultsHabitsAndEndsOfModels() {
        try (GeminiEmulator emulator = GeminiEmulator.builder().start()) {
            // tag::services[]
            String url = emulator.anyfastUrl(); // http://localhost:41234/anyfast
            emulator.on(RequestMatcher.service(EmulatedService.AIMLAPI)).answer(Fault.deadlineExceeded());
            emulator.usually(EmulatedService.ANYFAST, Fault.urlInText(null)); // with every request, until clear()
            emulator.endModel(EmulatedService.AIMLAPI, "google/nano-banana-2", 3);
            // end::services[]
            assertThat(url).isEqualTo(emulator.baseUrl() + "/anyfast");
        }
    }

    @Test
    void aClockTurnsBatchesAndQueues() {
        try (GeminiEmulator emulator = GeminiEmulator.builder().start()) {
            // tag::batches[]
            emulator.next(Fault.lineBroken(7), Fault.webhookOld()); // for the submission
            emulator.clock().advance(Duration.ofHours(24));
            int made = emulator.batches();
            // end::batches[]
            assertThat(made).isZero();
            // tag::queues[]
            emulator.next(Fault.answerLost()); // submitted, but the answer is lost
            emulator.on(RequestMatcher.operation("tasks.get"))
                    .answer(Fault.internal())
                    .times(2);
            emulator.clock().advance(Duration.ofMinutes(5));
            int jobs = emulator.jobs().size(); // what the service really has, with status and price
            // end::queues[]
            assertThat(jobs).isZero();
        }
    }

    private static int draw(GeminiEmulator emulator, String prompt) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(emulator.baseUrl() + "/v1beta/models/gemini-nano-banana-2.1:generateContent"))
                .header("x-goog-api-key", "test-key")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"contents\":[{\"parts\":[{\"text\":\"" + prompt + "\"}]}]}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return response.statusCode();
    }
}

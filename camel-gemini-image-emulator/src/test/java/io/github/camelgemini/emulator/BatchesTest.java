package io.github.camelgemini.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.types.BatchJob;
import com.google.genai.types.BatchJobSource;
import com.google.genai.types.Content;
import com.google.genai.types.CreateBatchJobConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.InlinedRequest;
import com.google.genai.types.JobState;
import com.google.genai.types.ListBatchJobsConfig;
import com.google.genai.types.Part;
import com.google.genai.types.UploadFileConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Google's SDK makes batches, asks for them and ends them. */
class BatchesTest {

    private static final String MODEL = "gemini-3.1-flash-image";

    private final GeminiEmulator emulator = GeminiEmulator.builder()
            .smallPictures(true)
            .queueTime(Duration.ofMinutes(1))
            .start();
    private final Client client = Client.builder()
            .apiKey("any")
            .httpOptions(HttpOptions.builder().baseUrl(emulator.baseUrl()).build())
            .build();

    @AfterEach
    void close() {
        client.close();
        emulator.close();
    }

    private BatchJob inline(String... prompts) {
        List<InlinedRequest> requests = new ArrayList<>();
        for (String prompt : prompts) {
            requests.add(InlinedRequest.builder()
                    .contents(List.of(Content.fromParts(Part.fromText(prompt))))
                    .metadata(Map.of("key", "key of " + prompt))
                    .build());
        }
        return client.batches.create(
                MODEL,
                BatchJobSource.builder().inlinedRequests(requests).build(),
                CreateBatchJobConfig.builder().displayName("cats").build());
    }

    private JobState.Known state(BatchJob job) {
        return client.batches
                .get(job.name().orElseThrow(), null)
                .state()
                .orElseThrow()
                .knownEnum();
    }

    @Test
    void aBatchIsDrawnWhenItsTimeHasCome() {
        BatchJob job = inline("a cat", "two cats");

        assertThat(state(job)).isEqualTo(JobState.Known.JOB_STATE_PENDING);
        emulator.clock().advance(Duration.ofSeconds(30));
        assertThat(state(job)).isEqualTo(JobState.Known.JOB_STATE_RUNNING);
        emulator.clock().advance(Duration.ofSeconds(30));

        BatchJob done = client.batches.get(job.name().orElseThrow(), null);
        assertThat(done.state().orElseThrow().knownEnum()).isEqualTo(JobState.Known.JOB_STATE_SUCCEEDED);
        assertThat(done.displayName()).contains("cats");
        assertThat(done.dest().orElseThrow().inlinedResponses().orElseThrow())
                .hasSize(2)
                .allSatisfy(response -> assertThat(response.response().orElseThrow().parts().stream()
                                .flatMap(part -> part.inlineData().stream()))
                        .isNotEmpty());
    }

    @Test
    void resultsOfAFileAreAFile() throws Exception {
        String lines = IntStream.rangeClosed(1, 25)
                .mapToObj(i -> "{\"key\":\"k" + i + "\",\"request\":{\"contents\":[{\"parts\":[{\"text\":\"cat " + i
                        + "\"}]}]}}\n")
                .collect(Collectors.joining());
        String file = client.files
                .upload(
                        lines.getBytes(StandardCharsets.UTF_8),
                        UploadFileConfig.builder().mimeType("application/jsonl").build())
                .name()
                .orElseThrow();
        BatchJob job = client.batches.create(
                MODEL, BatchJobSource.builder().fileName(file).build(), null);
        emulator.clock().advance(Duration.ofMinutes(1));

        String results = client.batches
                .get(job.name().orElseThrow(), null)
                .dest()
                .orElseThrow()
                .fileName()
                .orElseThrow();
        URI download = URI.create(emulator.baseUrl() + "/download/v1beta/" + results + ":download?alt=media&key=any");
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(download.toURL().openStream(), StandardCharsets.UTF_8))) {
            List<String> all = reader.lines().toList();
            assertThat(all).hasSize(25);
            assertThat(all.get(6)).startsWith("{\"key\":\"k7\",\"response\":{\"candidates\":");
        }
    }

    @Test
    void batchesAreListedCancelledAndDeleted() {
        BatchJob job = inline("a cat");
        String name = job.name().orElseThrow();

        Iterator<BatchJob> listed = client.batches
                .list(ListBatchJobsConfig.builder().pageSize(5).build())
                .iterator();
        assertThat(listed.next().name()).contains(name);
        assertThat(listed.hasNext()).isFalse();
        client.batches.cancel(name, null);
        assertThat(state(job)).isEqualTo(JobState.Known.JOB_STATE_CANCELLED);
        client.batches.delete(name, null);
        assertThat(emulator.jobs()).isEmpty();
    }

    @Test
    void aRequestThatIsRefusedIsAnErrorOfItsLine() {
        BatchJob job = client.batches.create(
                MODEL,
                BatchJobSource.builder()
                        .inlinedRequests(List.of(InlinedRequest.builder()
                                .contents(List.of(Content.builder()
                                        .role("nobody")
                                        .parts(List.of(Part.fromText("a cat")))
                                        .build()))
                                .build()))
                        .build(),
                null);
        emulator.clock().advance(Duration.ofMinutes(1));

        assertThat(client.batches
                        .get(job.name().orElseThrow(), null)
                        .dest()
                        .orElseThrow()
                        .inlinedResponses()
                        .orElseThrow())
                .singleElement()
                .satisfies(response -> assertThat(response.error().orElseThrow().message())
                        .contains("Please use a valid role: user, model."));
    }
}

package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results of a queue, whose jobs have one request each: submitted by one route, brought by another. */
@Timeout(120)
class BatchResultsOfQueuesTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final List<Exchange> came = new CopyOnWriteArrayList<>();
    private final List<Exchange> failed = new CopyOnWriteArrayList<>();

    private String uri(String operation, String options) {
        return "gemini-image:" + operation + "?service=inferencesh&apiKey=" + EmulatedRoutes.KEY + "&baseUrl="
                + routes.emulator().inferenceshUrl() + options;
    }

    private Exchange submit(String id, Object body) {
        Exchange exchange = routes.send(uri("batch", ""), body, Map.of(GeminiImageHeaders.BATCH_ID, id));
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private void bring(String options) throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(GeminiImageException.class).handled(true).process(failed::add);
                from(uri("batchResults", "&initialDelay=0&delay=20" + options)).process(came::add);
            }
        });
    }

    @Test
    void whatWasSubmittedIsBrought() throws Exception {
        submit("a", "a cat");
        submit("b", "a dog");

        bring("&concurrentConsumers=2");

        await().until(() -> came.size() == 2);
        assertThat(failed).isEmpty();
        assertThat(came).allSatisfy(exchange -> assertThat(exchange.getMessage().getBody())
                .isInstanceOf(GeneratedImage.class));
        assertThat(came.stream()
                        .map(exchange -> exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_ID, String.class))
                        .toList())
                .containsExactlyInAnyOrder("a", "b");
        assertThat(came)
                .allSatisfy(exchange -> assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_KEY))
                        .isEqualTo("1"));
    }

    @Test
    void whatWasSubmittedTwiceComesOnce() throws Exception {
        submit("a", "a cat");
        submit("a", "a cat");

        bring("");

        await().until(() -> came.size() == 1);
        submit("b", "a dog");
        await().until(() -> came.size() == 2);
        assertThat(came.stream()
                        .map(exchange -> exchange.getMessage().getHeader(GeminiImageHeaders.BATCH_ID, String.class))
                        .toList())
                .containsExactly("a", "b");
    }

    @Test
    void tasksOfOthersAreAdopted() throws Exception {
        String id = submit("a", "a cat").getMessage().getHeader(GeminiImageHeaders.BATCH_JOB_ID, String.class);
        routes.context().getRegistry().bind("other", new io.github.camelgemini.image.batch.InMemoryBatchRepository());

        bring("&batchRepository=#other&adoptBatches=true");

        await().until(() -> came.size() == 1);
        assertThat(came.get(0).getMessage().getHeader(GeminiImageHeaders.BATCH_ID))
                .isEqualTo(id);
    }

    @Test
    void aTaskThatWasCancelledIsAnException() throws Exception {
        submit("a", "a cat");
        Exchange cancelled = routes.send(uri("batchCancel", ""), "a");
        assertThat(cancelled.getException()).isNull();

        bring("");

        await().until(() -> came.size() + failed.size() == 1);
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).getMessage().getHeader(GeminiImageHeaders.BATCH_ID))
                .isEqualTo("a");
    }
}

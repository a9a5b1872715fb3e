package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pools of threads of the application that refuse work for a while, as those do whose queue is full. */
@Timeout(60)
class RejectedWorkTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @RegisterExtension
    final PictureServer web = new PictureServer();

    /** How many pieces of work are still taken. */
    private final AtomicInteger taken = new AtomicInteger(Integer.MAX_VALUE);

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void poolsThatRefuse() {
        context.getExecutorServiceManager().setThreadPoolFactory(new DefaultThreadPoolFactory() {
            @Override
            public ExecutorService newCachedThreadPool(ThreadFactory threads) {
                return new Refusing(super.newCachedThreadPool(threads));
            }

            @Override
            public ExecutorService newThreadPool(ThreadPoolProfile profile, ThreadFactory threads) {
                return new Refusing(super.newThreadPool(profile, threads));
            }
        });
        GeminiImageConfiguration options =
                context.getComponent("gemini-image", GeminiImageComponent.class).getConfiguration();
        options.setBaseUrl(routes.emulator().baseUrl());
        options.setApiKey(EmulatedRoutes.KEY);
        context.start();
        web.page("/cat.png", 200, Map.of("Content-Type", "image/png"), Pictures.draw("png", 30, 20));
    }

    @AfterEach
    void stop() throws IOException {
        context.close();
    }

    private Exchange send(String uri, Object body) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.send(uri, exchange -> exchange.getMessage().setBody(body));
        }
    }

    private final class Refusing extends AbstractExecutorService {

        private final ExecutorService pool;

        Refusing(ExecutorService pool) {
            this.pool = pool;
        }

        @Override
        public void execute(Runnable work) {
            if (taken.getAndDecrement() <= 0) {
                throw new RejectedExecutionException("full");
            }
            pool.execute(work);
        }

        @Override
        public void shutdown() {
            pool.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return pool.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return pool.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return pool.isTerminated();
        }

        @Override
        public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
            return pool.awaitTermination(time, unit);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "generate?maxRetries=0",
        "generate?maxRetries=0&stream=true",
        "generate?maxRetries=0&numImages=3",
        "chat?maxRetries=0&conversationId=c",
        "countTokens?maxRetries=0",
        "models?maxRetries=0",
        "batch?maxRetries=0",
        "generate?maxRetries=0&allowPrivateReferences=true&referenceImages=URL"
    })
    void isToldAndDoesNotBreakWhatComesLater(String operation) throws Exception {
        String uri = "gemini-image:" + operation.replace("URL", web.url() + "/cat.png");
        Object body =
                operation.startsWith("batch") ? List.of("a cat") : operation.startsWith("models") ? null : "a cat";
        assertThat(send(uri, body).getException()).isNull();
        for (int pieces = 0; pieces < 8; pieces++) {
            taken.set(pieces);

            Exchange exchange = send(uri, body);

            if (exchange.getException() != null) {
                assertThat(exchange.getException())
                        .as("%d pieces of work taken", pieces)
                        .isInstanceOf(GeminiImageException.class)
                        .isNotInstanceOf(InvalidRequestException.class)
                        .isNotInstanceOf(ReferenceImageException.class);
            }
            taken.set(Integer.MAX_VALUE);
            assertThat(send(uri, body).getException())
                    .as("after %d pieces of work", pieces)
                    .isNull();
        }
    }
}

package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A message that cannot be read has failed, also where whoever is told of that fails too. */
@Timeout(60)
class FailedReadTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    /** Tells the first event, and has no thread for the second. */
    private static final class OneThread extends ThreadPoolExecutor {

        private boolean used;

        OneThread(ThreadFactory threads) {
            super(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        }

        @Override
        public void execute(Runnable task) {
            if (used) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            used = true;
            task.run();
        }
    }

    @Test
    void failureIsThatOfTheMessageAndNotThatOfItsObserver() {
        routes.context().getExecutorServiceManager().setThreadPoolFactory(new DefaultThreadPoolFactory() {
            @Override
            public ExecutorService newThreadPool(ThreadPoolProfile profile, ThreadFactory threads) {
                return "GeminiImageProgress".equals(profile.getId())
                        ? new OneThread(threads)
                        : super.newThreadPool(profile, threads);
            }
        });

        assertThat(routes.failure(
                        "gemini-image:generate?progressUri=mock:progress", "", Map.of(), InvalidRequestException.class))
                .hasMessageContaining("prompt is empty");
    }
}

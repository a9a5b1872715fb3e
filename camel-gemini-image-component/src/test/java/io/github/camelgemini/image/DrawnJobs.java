package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.batch.Jobs;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Jobs whose requests are drawn once a test says so, each as a picture that says its key. */
final class DrawnJobs extends Jobs {

    private final PayloadStore store = new PayloadStore(null, 1 << 20);
    /** Why there is no picture of a key. */
    final Map<String, GeminiImageException> failures = new HashMap<>();
    /** Keys for which nothing comes. */
    final Set<String> missing = new HashSet<>();
    /** How often results were asked for. */
    final AtomicInteger downloads = new AtomicInteger();
    /** How many lines were read. */
    final AtomicInteger lines = new AtomicInteger();
    /** After so many lines of the next download its connection breaks; 0 for never. */
    final AtomicInteger breaksAfter = new AtomicInteger();
    /** After which lines nothing comes, until the connection is closed. */
    final AtomicBoolean stalls = new AtomicBoolean();

    DrawnJobs(int room) {
        super(room);
    }

    /** Ends all jobs. */
    void end(JobState state) {
        synchronized (jobs) {
            jobs.replaceAll((id, job) -> Job.of(id, job.name(), state));
        }
    }

    @Override
    public CompletableFuture<JobResults> results(String id, Function<String, Asked> asked) {
        downloads.incrementAndGet();
        List<String> keys = made.get(jobs.get(id).name());
        int most = breaksAfter.getAndSet(0);
        Iterator<String> left =
                keys.stream().filter(key -> !missing.contains(key)).toList().iterator();
        CountDownLatch closed = new CountDownLatch(1);
        return CompletableFuture.completedFuture(new JobResults() {
            private int read;

            @Override
            public JobResult next() throws IOException {
                if (stalls.get()) {
                    await(closed);
                    throw new IOException("closed");
                }
                if (most > 0 && read == most) {
                    throw new IOException("connection reset");
                }
                if (!left.hasNext()) {
                    return null;
                }
                read++;
                lines.incrementAndGet();
                String key = left.next();
                GeminiImageException failure = failures.get(key);
                return new JobResult(key, failure == null ? result(key, asked.apply(key)) : null, failure);
            }

            @Override
            public void close() {
                closed.countDown();
            }
        });
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private ImageResult result(String key, Asked asked) {
        return picture(store, key, asked == null ? "unknown" : asked.model());
    }

    static ImageResult picture(PayloadStore store, String key, String model) {
        try (PayloadStore.Writer writer = store.newWriter()) {
            writer.write(Pictures.draw("png", 16, 16));
            GeneratedImage image = new GeneratedImage(writer.finish(), new ImageInfo("image/png", 16, 16, 1));
            return new ImageResult(
                    List.of(image), key, List.of(), model, null, "STOP", null, Usage.NONE, BigDecimal.ONE, null, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

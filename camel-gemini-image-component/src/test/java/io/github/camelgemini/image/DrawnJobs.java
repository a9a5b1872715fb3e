package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobPage;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Jobs whose requests are processed when a test says so. Each picture shows its key. */
final class DrawnJobs extends Jobs {

    final PayloadStore store;
    /** Why the service does not give the state of a job. */
    final Map<String, GeminiImageException> dead = new ConcurrentHashMap<>();
    /** Why the results of a job are not available. */
    final Map<String, RuntimeException> withheld = new ConcurrentHashMap<>();
    /** Why the service does not answer at all. */
    volatile GeminiImageException down;
    /** Why it does not list its jobs. */
    volatile GeminiImageException unlisted;
    /** How often the state of a job was requested. */
    final AtomicInteger questions = new AtomicInteger();
    /** Why a key has no picture. */
    final Map<String, GeminiImageException> failures = new HashMap<>();
    /** Keys without a result. */
    final Set<String> missing = new HashSet<>();
    /** Keys of invalid pictures. */
    final Set<String> garbled = new HashSet<>();
    /** How often results were requested. */
    final AtomicInteger downloads = new AtomicInteger();
    /** How many lines were read. */
    final AtomicInteger lines = new AtomicInteger();
    /** The number of lines after which the next download breaks; 0 for never, -1 for before the first. */
    final AtomicInteger breaksAfter = new AtomicInteger();
    /** Whether every download breaks. */
    boolean breaksAlways;
    /** After which lines the download stalls, until the connection is closed. */
    final AtomicBoolean stalls = new AtomicBoolean();

    DrawnJobs(int room) {
        this(room, 1 << 20);
    }

    /**
     * @param spoolThreshold size in bytes up to which a picture is in the heap
     */
    DrawnJobs(int room, long spoolThreshold) {
        super(room);
        store = new PayloadStore(null, spoolThreshold);
    }

    @Override
    public CompletableFuture<Job> retrieve(String id) {
        questions.incrementAndGet();
        GeminiImageException failure = down == null ? dead.get(id) : down;
        return failure == null ? super.retrieve(id) : CompletableFuture.failedFuture(failure);
    }

    @Override
    public CompletableFuture<JobPage> list(String cursor, int most) {
        GeminiImageException failure = down == null ? unlisted : down;
        return failure == null ? super.list(cursor, most) : CompletableFuture.failedFuture(failure);
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
        if (withheld.containsKey(id)) {
            return CompletableFuture.failedFuture(withheld.get(id));
        }
        List<String> keys = made.get(jobs.get(id).name());
        int most = breaksAlways ? breaksAfter.get() : breaksAfter.getAndSet(0);
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
                if (most != 0 && read == Math.max(0, most)) {
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
        byte[] bytes = garbled.contains(key) ? new byte[500] : Pictures.draw("png", 16, 16);
        return picture(store, key, asked == null ? "unknown" : asked.model(), bytes);
    }

    static ImageResult picture(PayloadStore store, String key, String model) {
        return picture(store, key, model, Pictures.draw("png", 16, 16));
    }

    private static ImageResult picture(PayloadStore store, String key, String model, byte[] bytes) {
        try (PayloadStore.Writer writer = store.newWriter()) {
            writer.write(bytes);
            GeneratedImage image = new GeneratedImage(writer.finish(), new ImageInfo("image/png", 16, 16, 1));
            return new ImageResult(
                    List.of(image), key, List.of(), model, null, "STOP", null, Usage.NONE, BigDecimal.ONE, null, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

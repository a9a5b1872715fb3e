package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.backend.batch.Job;
import io.github.camelgemini.image.backend.batch.JobDraft;
import io.github.camelgemini.image.backend.batch.JobPage;
import io.github.camelgemini.image.backend.batch.JobResult;
import io.github.camelgemini.image.backend.batch.JobResults;
import io.github.camelgemini.image.backend.batch.JobState;
import io.github.camelgemini.image.error.BatchNotFoundException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.ImageRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** A service whose jobs are files of a folder, so that it outlives the processes that call it. It takes a second to draw. */
final class JobsInFolder implements ImageBatches {

    private static final Duration DRAWS = Duration.ofSeconds(1);
    /** How long a job is made and nobody knows it. */
    private static final Duration ANSWERS = Duration.ofMillis(100);

    private final PayloadStore store = new PayloadStore(null, 1 << 20);
    private final Path folder;
    private final int room;

    /** @param room requests that a job may have */
    JobsInFolder(Path folder, int room) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.room = room;
    }

    /** The first line of a file is the name of the job; each other is a key. */
    private static Job job(Path file) {
        try {
            boolean drawn =
                    Files.getLastModifiedTime(file).toInstant().plus(DRAWS).isBefore(Instant.now());
            String name = Files.readAllLines(file).get(0);
            return Job.of(file.getFileName().toString(), name, drawn ? JobState.SUCCEEDED : JobState.RUNNING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Job> jobs() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".draft"))
                    .map(JobsInFolder::job)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void check(ImageRequest request) {
        // It draws everything.
    }

    @Override
    public JobDraft draft() {
        List<String> keys = new ArrayList<>();
        return new JobDraft() {
            @Override
            public boolean add(String key, ImageRequest request) {
                return keys.size() < room && keys.add(key);
            }

            @Override
            public String fingerprint() {
                return Integer.toHexString(keys.hashCode());
            }

            @Override
            public CompletableFuture<Job> submit(String name, URI webhook) {
                Path file = folder.resolve(UUID.randomUUID().toString());
                Path draft = file.resolveSibling(file.getFileName() + ".draft");
                try {
                    Files.write(
                            draft, Stream.concat(Stream.of(name), keys.stream()).toList());
                    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return CompletableFuture.supplyAsync(
                        () -> job(file), CompletableFuture.delayedExecutor(ANSWERS.toMillis(), TimeUnit.MILLISECONDS));
            }

            @Override
            public void close() {
                keys.clear();
            }
        };
    }

    @Override
    public CompletableFuture<Optional<Job>> find(Mark mark) {
        return CompletableFuture.completedFuture(
                jobs().stream().filter(job -> job.name().equals(mark.name())).findFirst());
    }

    @Override
    public CompletableFuture<Job> retrieve(String id) {
        Path file = folder.resolve(id);
        return Files.exists(file)
                ? CompletableFuture.completedFuture(job(file))
                : CompletableFuture.failedFuture(new BatchNotFoundException("no job " + id, ProviderError.NONE));
    }

    @Override
    public CompletableFuture<JobPage> list(String cursor, int most) {
        return CompletableFuture.completedFuture(new JobPage(jobs(), null));
    }

    @Override
    public CompletableFuture<Job> cancel(String id) {
        return retrieve(id);
    }

    @Override
    public CompletableFuture<JobResults> results(String id, Function<String, Asked> asked) {
        Iterator<String> keys;
        try {
            keys = Files.readAllLines(folder.resolve(id)).stream().skip(1).iterator();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CompletableFuture.completedFuture(new JobResults() {
            @Override
            public JobResult next() {
                if (!keys.hasNext()) {
                    return null;
                }
                String key = keys.next();
                return new JobResult(
                        key, DrawnJobs.picture(store, key, asked.apply(key).model()), null);
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        });
    }
}

package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.google.FilesApi.RemoteFile;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.ReferenceImage;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;

/**
 * Uploads reference images with the Files API. The same bytes are uploaded once: concurrent requests share an upload,
 * and later ones reuse its file until it expires. An upload is cancelled when no request waits for it any more.
 */
final class ReferenceUploads implements AutoCloseable {

    /** How many files are remembered. The least recently used are forgotten first. */
    private static final int REMEMBERED = 1_000;
    /** The file must outlive the request that uses it. */
    private static final Duration MARGIN = Duration.ofMinutes(20);
    /** A batch may be processed at the end of its 48 hours, which is also the longest lifetime of a file. */
    private static final Duration MARGIN_OF_BATCHES = Duration.ofHours(46);

    private static final Duration POLL = Duration.ofMillis(500);

    private final FilesApi files;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Map<String, Upload> uploads = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Upload> eldest) {
            return size() > REMEMBERED;
        }
    };
    private boolean closed;

    /**
     * @param executor runs uploads
     * @param timer schedules waits
     */
    ReferenceUploads(FilesApi files, Executor executor, ScheduledExecutorService timer) {
        this.files = files;
        this.executor = executor;
        this.timer = timer;
    }

    /** One picture that is being uploaded, or is uploaded. */
    private final class Upload {

        private final String digest;
        private final CompletableFuture<RemoteFile> file = new CompletableFuture<>();
        /** Null once the upload has ended: files are remembered for days, and their pictures must not stay as long. */
        private volatile PayloadSource source;

        private int waiting;
        private Call call;
        /** By {@link System#nanoTime}; written and read in sequence. */
        private long uploadedAt;

        private boolean givenUp;

        Upload(String digest, PayloadSource source) {
            this.digest = digest;
            this.source = source;
            file.whenComplete((done, failure) -> letGo());
        }

        /** Also drops the last call, whose request contains the picture. */
        private synchronized void letGo() {
            source = null;
            call = null;
        }

        void run(String mimeType) {
            PayloadSource picture = source;
            if (picture == null) {
                return;
            }
            try {
                RemoteFile uploaded = files.upload(picture, mimeType, this::track);
                uploadedAt = System.nanoTime();
                settle(uploaded);
            } catch (Throwable e) {
                fail(e);
            }
        }

        private void settle(RemoteFile uploaded) {
            switch (uploaded.state()) {
                case "PROCESSING" -> {
                    if (System.nanoTime() - uploadedAt > files.patience().toNanos()) {
                        fail(new ServiceUnavailableException(
                                "the Files API still processes a reference image after "
                                        + files.patience().toSeconds() + " s",
                                Duration.ZERO,
                                ProviderError.NONE,
                                null));
                    } else {
                        lookLater(uploaded);
                    }
                }
                case "FAILED" ->
                    fail(new ReferenceImageException(
                            "the Files API could not process a reference image: its state is FAILED"));
                default -> file.complete(uploaded);
            }
        }

        private void lookLater(RemoteFile uploaded) {
            Runnable look = () -> {
                try {
                    executor.execute(() -> look(uploaded));
                } catch (Throwable e) {
                    fail(e);
                }
            };
            timer.schedule(look, POLL.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void look(RemoteFile uploaded) {
            try {
                if (!file.isDone()) {
                    settle(files.get(uploaded, this::track));
                }
            } catch (Throwable e) {
                fail(e);
            }
        }

        private synchronized void track(Call next) {
            call = next;
            if (givenUp) {
                next.cancel();
            }
        }

        private void fail(Throwable failure) {
            synchronized (uploads) {
                uploads.remove(digest, this);
            }
            file.completeExceptionally(failure);
        }

        boolean isUsable(Duration margin) {
            return !file.isDone()
                    || (!file.isCompletedExceptionally()
                            && file.join().expires().minus(margin).isAfter(Instant.now()));
        }

        /** A share in the upload. Cancelling it gives it back; cancelling the last one ends the upload. */
        CompletableFuture<RemoteFile> share() {
            if (++waiting > 1 && source instanceof Payload payload) {
                // The upload continues for this share when the message that began it gives up and discards its data.
                payload.handOut();
            }
            CompletableFuture<RemoteFile> share = file.copy();
            share.whenComplete((done, failure) -> {
                if (share.isCancelled()) {
                    leave();
                }
            });
            return share;
        }

        private void leave() {
            synchronized (uploads) {
                if (--waiting > 0 || file.isDone()) {
                    return;
                }
                uploads.remove(digest, this);
            }
            end();
        }

        void end() {
            Call last;
            synchronized (this) {
                givenUp = true;
                last = call;
            }
            if (last != null) {
                last.cancel();
            }
            file.completeExceptionally(new ServiceUnavailableException(
                    "The upload of a reference image was cancelled", Duration.ZERO, ProviderError.NONE, null));
        }
    }

    /**
     * Uploads pictures of a request, without blocking the caller.
     *
     * @param chosen the pictures to upload
     * @return the request with files in their place; cancelling it ends the uploads that no other request waits for
     */
    CompletableFuture<ImageRequest> upload(ImageRequest request, Set<ReferenceImage.Inline> chosen) {
        return upload(request, chosen, MARGIN);
    }

    /** Does the same for a request that is processed within the next two days. */
    CompletableFuture<ImageRequest> uploadForBatch(ImageRequest request, Set<ReferenceImage.Inline> chosen) {
        return upload(request, chosen, MARGIN_OF_BATCHES);
    }

    private CompletableFuture<ImageRequest> upload(
            ImageRequest request, Set<ReferenceImage.Inline> chosen, Duration margin) {
        CompletableFuture<ImageRequest> result = new CompletableFuture<>();
        executor.execute(() -> {
            Map<ReferenceImage, CompletableFuture<RemoteFile>> shares = new IdentityHashMap<>();
            result.whenComplete((done, failure) -> {
                if (result.isCancelled()) {
                    giveBack(shares);
                }
            });
            try {
                for (ReferenceImage.Inline picture : chosen) {
                    CompletableFuture<RemoteFile> share = share(picture, margin);
                    synchronized (shares) {
                        shares.put(picture, share);
                    }
                }
                if (result.isCancelled()) {
                    giveBack(shares);
                }
                CompletableFuture.allOf(shares.values().toArray(CompletableFuture[]::new))
                        .thenApply(all -> request.withImages(image -> {
                            CompletableFuture<RemoteFile> file = shares.get(image);
                            return file == null
                                    ? image
                                    : new ReferenceImage.Remote(file.join().uri(), image.mimeType());
                        }))
                        .whenComplete((ready, failure) -> {
                            if (failure == null) {
                                result.complete(ready);
                            } else {
                                result.completeExceptionally(Steps.cause(failure));
                            }
                        });
            } catch (Throwable e) {
                giveBack(shares);
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static void giveBack(Map<ReferenceImage, CompletableFuture<RemoteFile>> shares) {
        List<CompletableFuture<RemoteFile>> all;
        synchronized (shares) {
            all = List.copyOf(shares.values());
        }
        all.forEach(share -> share.cancel(true));
    }

    private CompletableFuture<RemoteFile> share(ReferenceImage.Inline picture, Duration margin) throws IOException {
        // The type is part of the key, because the API tells the model the type that was uploaded.
        String digest = digest(picture.source()) + " " + picture.mimeType();
        synchronized (uploads) {
            if (closed) {
                throw new IOException("Canceled");
            }
            Upload known = uploads.get(digest);
            if (known != null && known.isUsable(margin)) {
                return known.share();
            }
            Upload upload = new Upload(digest, picture.source());
            uploads.put(digest, upload);
            CompletableFuture<RemoteFile> share = upload.share();
            begin(upload, picture.mimeType());
            return share;
        }
    }

    private void begin(Upload upload, String mimeType) {
        try {
            executor.execute(() -> upload.run(mimeType));
        } catch (Throwable e) {
            // No thread is available, so waiting requests must fail.
            upload.fail(e);
        }
    }

    /**
     * Forgets the files that an error names, since they are gone earlier than expected.
     *
     * @return whether the error names any
     */
    boolean forget(String error) {
        synchronized (uploads) {
            return uploads.values()
                    .removeIf(upload -> upload.file.isDone()
                            && !upload.file.isCompletedExceptionally()
                            && error.contains(upload.file.join().name().replaceFirst("^files/", "")));
        }
    }

    private static String digest(PayloadSource source) {
        try (DigestInputStream in =
                new DigestInputStream(source.newInputStream(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new ReferenceImageException("A reference image cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Ends uploads in progress and forgets the others; the files stay until they expire. */
    @Override
    public void close() {
        List<Upload> all;
        synchronized (uploads) {
            closed = true;
            all = List.copyOf(uploads.values());
            uploads.clear();
        }
        all.forEach(Upload::end);
    }
}

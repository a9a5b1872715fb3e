package io.github.camelgemini.image.backend.http;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.json.SourceRequestBody;
import io.github.camelgemini.image.request.ReferenceImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import okhttp3.MediaType;

/**
 * Reference images as URLs, for services that take nothing else. Web addresses are used unchanged, all other pictures
 * are uploaded, the same bytes once. Services do not document how long they keep files, so a file is reused for a
 * limited time only. Thread-safe.
 */
public final class UploadedReferences {

    private static final int REMEMBERED = 1_000;
    private static final Duration USED_AGAIN = Duration.ofMinutes(30);
    private static final Set<Integer> GONE = Set.of(404, 410);
    private static final int BLOCK = 16 * 1024;
    /** How often a call is tried while its failure may be temporary. Some services allow 50 uploads a minute. */
    private static final int MOST_TRIES = 4;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(70);

    private final HttpCalls calls;
    private final Places places;
    private final Map<String, Upload> uploads = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Upload> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Upload(CompletableFuture<Place> place, long since) {

        boolean isUsable() {
            return !place.isCompletedExceptionally() && System.nanoTime() - since < USED_AGAIN.toNanos();
        }
    }

    /** Calls the service, without blocking the caller. */
    public interface Places {

        /** Gets an upload location for a picture. */
        CompletableFuture<Place> find(ReferenceImage.Inline image) throws IOException;

        /** Whether an uploaded picture still exists. A request with a missing one fails, and may be billed. */
        CompletableFuture<Boolean> isThere(Place place);
    }

    /**
     * An upload location.
     *
     * @param target the URL for the upload with {@code PUT}; signed, so it must not be shown
     * @param mimeType the exact {@code Content-Type} of the upload
     * @param address the URL that requests refer to afterwards
     * @param id of the file at the service; empty when the service does not give one
     */
    public record Place(String target, String mimeType, String address, String id) {

        @Override
        public String toString() {
            return "Place[" + mimeType + "]";
        }
    }

    /** Uploads pictures with the calls of a service. */
    public UploadedReferences(HttpCalls calls, Places places) {
        this.calls = calls;
        this.places = places;
    }

    /**
     * Uploads the pictures that are not uploaded yet. Blocks until they are.
     *
     * @return a URL for each, in their order
     * @throws IOException when a picture cannot be read
     */
    public List<String> addresses(List<ReferenceImage> images) throws IOException {
        List<String> addresses = new ArrayList<>();
        for (ReferenceImage image : images) {
            if (image instanceof ReferenceImage.Remote remote) {
                addresses.add(remote.uri());
            } else if (image instanceof ReferenceImage.Inline inline) {
                addresses.add(address(inline));
            } else {
                throw new IllegalArgumentException("An image that was not fetched");
            }
        }
        return addresses;
    }

    private String address(ReferenceImage.Inline image) throws IOException {
        String digest = digest(image.source()) + image.mimeType();
        Upload mine = new Upload(new CompletableFuture<>(), System.nanoTime());
        Upload upload;
        synchronized (uploads) {
            Upload before = uploads.get(digest);
            upload = before != null && before.isUsable() ? before : mine;
            uploads.put(digest, upload);
        }
        if (upload == mine) {
            try {
                mine.place().complete(upload(image));
            } catch (Throwable e) {
                mine.place().completeExceptionally(e);
            }
        }
        Place place = join(upload.place());
        if (upload == mine || join(places.isThere(place))) {
            return place.address();
        }
        synchronized (uploads) {
            uploads.remove(digest, upload);
        }
        return address(image);
    }

    /** Whether there is a file at the URL of a location; it is not read. True if this cannot be found out. */
    public CompletableFuture<Boolean> isAtItsAddress(Place place) {
        HttpCall look;
        try {
            look = HttpCall.get(target(place.address())).answeredWithin(calls.idleTimeout());
        } catch (MalformedResponseException e) {
            return CompletableFuture.completedFuture(true);
        }
        // An expired permission, or a network without access to that server, does not mean that the file is gone for
        // the service.
        return calls.sendElsewhere(look, answer -> !GONE.contains(answer.status()), done -> {})
                .exceptionally(failure -> true);
    }

    private static String digest(PayloadSource source) throws IOException {
        try (InputStream in = source.newInputStream()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[BLOCK];
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                digest.update(block, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private Place upload(ReferenceImage.Inline image) throws IOException {
        Place place = repeated(() -> place(image));
        if (place.address().isEmpty() || place.target().isEmpty()) {
            throw new MalformedResponseException(
                    service() + " returned no upload address for a reference image", ProviderError.NONE, null);
        }
        URI uri = target(place.target());
        SourceRequestBody body = new SourceRequestBody(MediaType.get(place.mimeType()), image.source());
        HttpCall put = HttpCall.of("PUT", uri, body).answeredWithin(calls.idleTimeout());
        repeated(() -> calls.sendElsewhere(put, this::uploaded, done -> {}));
        return place;
    }

    private CompletableFuture<Place> place(ReferenceImage.Inline image) {
        try {
            return places.find(image);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private String service() {
        return calls.context().service();
    }

    /** The user's pictures are sent to public addresses only. */
    private URI target(String address) {
        try {
            URI uri = new URI(address);
            if (calls.mayBeCalled(address)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The failure is reported below, without the address, which is signed.
        }
        throw new MalformedResponseException(
                service()
                        + " returned an upload address for a reference image that is neither its own nor a public https: address",
                ProviderError.NONE,
                null);
    }

    private Boolean uploaded(HttpAnswer answer) throws IOException {
        if (!answer.isSuccess()) {
            throw ErrorResponse.read(answer.status(), calls.redact(answer.text()), answer.header("Retry-After"))
                    .toException(calls.context().about("for the upload of a reference image"));
        }
        return true;
    }

    private static <T> T repeated(Supplier<CompletableFuture<T>> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return join(call.get());
            } catch (GeminiImageException e) {
                if (!(e instanceof RetryableError retryable) || attempt == MOST_TRIES) {
                    throw e;
                }
                pause(e, retryable.getRetryDelay(), Duration.ofSeconds(attempt));
            }
        }
    }

    private static void pause(GeminiImageException failure, Duration asked, Duration least) {
        Duration pause = asked == null || asked.compareTo(least) < 0 ? least : asked;
        if (pause.compareTo(LONGEST_WAIT) > 0) {
            throw failure;
        }
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw Steps.cause(e) instanceof RuntimeException known ? known : e;
        }
    }
}

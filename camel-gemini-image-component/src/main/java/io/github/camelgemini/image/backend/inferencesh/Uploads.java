package io.github.camelgemini.image.backend.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.backend.http.HttpAnswer;
import io.github.camelgemini.image.backend.http.HttpCall;
import io.github.camelgemini.image.error.ErrorContext;
import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.json.SourceRequestBody;
import io.github.camelgemini.image.request.ReferenceImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import okhttp3.MediaType;

/**
 * Reference pictures as addresses: those of the web as they are, all others uploaded, each content once. How long the service
 * keeps files is not documented, so one is used again for a while only.
 */
final class Uploads {

    private static final int REMEMBERED = 1_000;
    private static final Duration USED_AGAIN = Duration.ofMinutes(30);
    private static final int BLOCK = 16 * 1024;
    /** Of a call, while it may pass; the service takes 50 uploads a minute. */
    private static final int MOST_TRIES = 4;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(70);

    private final InferenceshApi api;
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

    /**
     * Where a picture is.
     *
     * @param id of the file; empty when the service does not say it
     * @param address by which it is named in an input
     */
    private record Place(String id, String address) {}

    Uploads(InferenceshApi api) {
        this.api = api;
    }

    /**
     * Uploads what is not there yet. Blocks as long as that takes.
     *
     * @return an address for each, in their order
     */
    List<String> addresses(List<ReferenceImage> images) throws IOException {
        List<String> addresses = new ArrayList<>();
        for (ReferenceImage image : images) {
            if (image instanceof ReferenceImage.Remote remote) {
                addresses.add(remote.uri());
            } else if (image instanceof ReferenceImage.Inline inline) {
                addresses.add(address(inline));
            } else {
                throw new IllegalArgumentException("A picture that was not fetched");
            }
        }
        return addresses;
    }

    private String address(ReferenceImage.Inline image) throws IOException {
        String digest = digest(image.source()) + image.mimeType();
        Upload before;
        Upload mine = new Upload(new CompletableFuture<>(), System.nanoTime());
        synchronized (uploads) {
            before = uploads.get(digest);
            if (before == null || !before.isUsable()) {
                before = null;
                uploads.put(digest, mine);
            }
        }
        if (before != null) {
            Place place = join(before.place());
            if (isThere(place)) {
                return place.address();
            }
            synchronized (uploads) {
                uploads.put(digest, mine);
            }
        }
        try {
            mine.place().complete(upload(image));
        } catch (Throwable e) {
            mine.place().completeExceptionally(e);
        }
        return join(mine.place()).address();
    }

    /** A task fails, and may be charged, by a file that somebody has deleted meanwhile. */
    private boolean isThere(Place place) {
        if (place.id().isEmpty()) {
            return true;
        }
        try {
            api.get(
                            "/files/" + URLEncoder.encode(place.id(), StandardCharsets.UTF_8),
                            api.calls().context().about("for a file"))
                    .join();
            return true;
        } catch (CompletionException e) {
            return !(Steps.cause(e) instanceof ModelNotFoundException);
        }
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
        long size = image.source().length();
        ErrorContext about = api.calls().context().about("for an upload");
        JsonNode file = repeated(() -> api.post("/files", announcement(image, size), about));
        JsonNode place = file.isArray() ? file.path(0) : file;
        String address = place.path("uri").asText("");
        String to = place.path("upload_url").asText("");
        if (address.isEmpty() || to.isEmpty()) {
            throw new MalformedResponseException(
                    "inference.sh tells no place for a reference picture", ProviderError.NONE, null);
        }
        URI uri = target(to);
        SourceRequestBody body = new SourceRequestBody(MediaType.get(image.mimeType()), image.source());
        repeated(() -> api.calls()
                .sendElsewhere(
                        new HttpCall("PUT", uri, Map.of(), body, null), answer -> uploaded(answer, about), done -> {}));
        return new Place(place.path("id").asText(""), address);
    }

    private static JsonNode announcement(ReferenceImage.Inline image, long size) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("files")
                .addObject()
                .put("uri", "")
                .put("filename", "reference." + image.info().extension())
                .put("content_type", image.mimeType())
                .put("size", size);
        return json;
    }

    /** The pictures of a message go to no address that the service could not have on the web. */
    private URI target(String address) {
        try {
            URI uri = new URI(address);
            boolean right = "https".equalsIgnoreCase(uri.getScheme()) && uri.getRawAuthority() != null
                    || api.calls().isOfServer(address);
            if (right) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below, without the address, which is signed.
        }
        throw new MalformedResponseException(
                "inference.sh wants a reference picture at an address that is neither https: nor its own",
                ProviderError.NONE,
                null);
    }

    private Boolean uploaded(HttpAnswer answer, ErrorContext about) throws IOException {
        if (!answer.isSuccess()) {
            throw ErrorResponse.read(answer.status(), api.calls().redact(answer.text()), answer.header("Retry-After"))
                    .toException(about.about("for the upload of a reference picture"));
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

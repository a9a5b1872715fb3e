package io.github.camelgemini.image.backend.gemini;

import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.result.GeneratedImage;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads the pictures of an answer that refers to them by URL, in parallel. The answer is billed, so a failed
 * download does not affect the others.
 */
final class RemotePictures {

    private static final Logger LOG = LoggerFactory.getLogger(RemotePictures.class);
    /** The largest number of pictures that is accepted in an answer. */
    private static final int MOST = 8;

    private static final Pattern DATA =
            Pattern.compile("data:image/[\\w.+-]+;base64,(?<base64>.+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final PictureFetch fetch;
    private final Consumer<Runnable> onCancel;
    private Throwable failure;

    /**
     * @param onCancel receives the task that ends the downloads
     */
    RemotePictures(PictureFetch fetch, Consumer<Runnable> onCancel) {
        this.fetch = fetch;
        this.onCancel = onCancel;
    }

    /** Whether this URL is downloaded. Files in Cloud Storage stay there. */
    static boolean isFetched(String uri) {
        return !uri.startsWith("gs://");
    }

    /**
     * Downloads pictures on other threads. Blocks until all have arrived or failed.
     *
     * @param by as in {@link PictureFetch}
     * @return the pictures that arrived, by their URLs
     */
    Map<String, GeneratedImage> fetch(List<String> uris, PictureFetch.By by) {
        Map<String, CompletableFuture<GeneratedImage>> fetching = new LinkedHashMap<>();
        uris.stream().distinct().limit(MOST).forEach(uri -> fetching.put(uri, begin(uri, by)));
        Map<String, GeneratedImage> pictures = new LinkedHashMap<>();
        fetching.forEach((uri, picture) -> {
            try {
                pictures.put(uri, picture.join());
            } catch (RuntimeException e) {
                failure = Steps.cause(e);
            }
        });
        if (pictures.size() < fetching.size()) {
            LOG.info("An image that an answer refers to cannot be fetched: {}", reason());
        }
        return pictures;
    }

    /** The failure of the last picture that did not arrive; null when all arrived. */
    Throwable failure() {
        return failure;
    }

    /** The message of this failure; empty for none. */
    String reason() {
        return failure == null ? "" : String.valueOf(failure.getMessage());
    }

    private CompletableFuture<GeneratedImage> begin(String uri, PictureFetch.By by) {
        Matcher data = DATA.matcher(uri);
        if (data.matches()) {
            return CompletableFuture.supplyAsync(() -> decode(data.group("base64")), Runnable::run);
        }
        CompletableFuture<GeneratedImage> picture = fetch.fetch(uri, by);
        onCancel.accept(() -> picture.cancel(true));
        return picture;
    }

    private static GeneratedImage decode(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(base64.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new ReferenceImageException("a data URI in the answer has invalid Base64: " + e.getMessage(), e);
        }
        Payload payload = Payload.of(bytes);
        ImageInfo info = ImageInfo.read(payload)
                .orElseThrow(() -> new ReferenceImageException(
                        "a data URI in the answer has " + bytes.length + " bytes that are not an image"));
        return new GeneratedImage(payload, info);
    }
}

package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RetryableError;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.secret.OutsideText;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The pictures of a finished job, fetched from the addresses that the service names.
 *
 * @param images the pictures that arrived, in their order
 * @param missing the pictures that cannot be fetched now or later
 */
public record JobPictures(List<GeneratedImage> images, MissingPictures missing) {

    /** The largest number of pictures that is accepted from one job. */
    private static final int MOST = 8;
    /** How long after the end of a job its picture may take to appear at the address that the service names. */
    private static final Duration UNTIL_THERE = Duration.ofMinutes(2);

    /**
     * Fetches all pictures in parallel. A failed one does not affect the others.
     *
     * @param job what messages call it, as in {@code inference.sh completed task 1}
     * @param ended when the job ended; null if the service does not say
     * @return fails with a {@link ServiceUnavailableException} if a picture may be available later, because it is
     *     already billed. Cancelling it ends the downloads.
     */
    public static CompletableFuture<JobPictures> fetch(
            Collection<String> addresses, PictureFetch fetch, String job, Instant ended) {
        List<CompletableFuture<GeneratedImage>> pictures = addresses.stream()
                .limit(MOST)
                .map(address -> fetch.fetch(address, PictureFetch.By.SERVICE))
                .toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(pictures.toArray(CompletableFuture[]::new));
        CompletableFuture<JobPictures> result = all.handle((done, failure) -> of(pictures, job, ended));
        result.whenComplete((done, failure) -> {
            if (failure != null) {
                pictures.forEach(picture -> {
                    picture.cancel(true);
                    picture.thenAccept(GeneratedImage::discard);
                });
            }
        });
        return result;
    }

    private static JobPictures of(List<CompletableFuture<GeneratedImage>> pictures, String job, Instant ended) {
        MissingPictures missing = new MissingPictures();
        List<GeneratedImage> images = missing.takeOthers(pictures);
        missing.any(failure -> mayPass(failure, ended)).ifPresent(failure -> {
            throw new ServiceUnavailableException(
                    job + ", but the image is not available yet: " + OutsideText.of(failure.getMessage()),
                    Duration.ZERO,
                    ProviderError.NONE,
                    failure);
        });
        return new JobPictures(images, missing);
    }

    /** A server that is unreachable or broken may recover. Its answer about the picture is final after a while. */
    private static boolean mayPass(Throwable failure, Instant ended) {
        if (!(failure instanceof RetryableError)) {
            return false;
        }
        int status = failure instanceof GeminiImageException known ? known.getHttpStatus() : 0;
        boolean ofServer = status == 0 || status == 408 || status == 429 || status >= 500;
        return ofServer || ended != null && ended.plus(UNTIL_THERE).isAfter(Instant.now());
    }
}

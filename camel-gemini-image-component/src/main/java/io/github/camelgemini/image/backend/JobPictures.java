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
 * Pictures of a job that is done, as its service names their addresses.
 *
 * @param images those that came, in their order
 * @param missing the others, which are not to be had, for good
 */
public record JobPictures(List<GeneratedImage> images, MissingPictures missing) {

    /** As many pictures as a job may sensibly have. */
    private static final int MOST = 8;
    /** Within which a picture may come to the place that its service has named already. */
    private static final Duration UNTIL_THERE = Duration.ofMinutes(2);

    /**
     * Fetches all at once. One that cannot be had takes no other with it.
     *
     * @param job what it is called, as in {@code inference.sh has drawn task 1}
     * @param ended when it was done; null when the service does not say
     * @return fails with a {@link ServiceUnavailableException} when any of them may be had later: it is paid. Cancelled, it
     *     ends what is being fetched
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

    /** A server that is not reached, or broken, may be there later; what it says of the picture is final after a while. */
    private static boolean mayPass(Throwable failure, Instant ended) {
        if (!(failure instanceof RetryableError)) {
            return false;
        }
        int status = failure instanceof GeminiImageException known ? known.getHttpStatus() : 0;
        boolean ofServer = status == 0 || status == 408 || status == 429 || status >= 500;
        return ofServer || ended != null && ended.plus(UNTIL_THERE).isAfter(Instant.now());
    }
}

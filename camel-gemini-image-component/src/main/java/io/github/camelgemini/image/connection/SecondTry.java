package io.github.camelgemini.image.connection;

import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.result.GeneratedImage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Requests a picture a second time if it is not there yet. A service may store it a moment after it has answered.
 *
 * @param fetch makes one request; throws if the URL is not allowed
 * @param timer starts the second request
 */
record SecondTry(PictureFetch fetch, ScheduledExecutorService timer) implements PictureFetch {

    private static final long LATER_MILLIS = 1_000;

    @Override
    public CompletableFuture<GeneratedImage> fetch(String uri, By by) {
        CompletableFuture<GeneratedImage> first;
        try {
            first = fetch.fetch(uri, by);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<GeneratedImage> result = new CompletableFuture<>();
        Steps.endWith(result, first);
        first.whenComplete((picture, failure) -> {
            if (failure == null) {
                give(picture, result);
            } else if (!result.isDone()) {
                later(uri, by, failure, result);
            }
        });
        return result;
    }

    private void later(String uri, By by, Throwable failure, CompletableFuture<GeneratedImage> result) {
        try {
            Steps.endWith(result, timer.schedule(() -> again(uri, by, result), LATER_MILLIS, TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(failure);
        }
    }

    private void again(String uri, By by, CompletableFuture<GeneratedImage> result) {
        try {
            CompletableFuture<GeneratedImage> second = fetch.fetch(uri, by);
            Steps.endWith(result, second);
            second.whenComplete((picture, failure) -> {
                if (failure == null) {
                    give(picture, result);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private static void give(GeneratedImage picture, CompletableFuture<GeneratedImage> result) {
        if (!result.complete(picture)) {
            picture.discard();
        }
    }
}

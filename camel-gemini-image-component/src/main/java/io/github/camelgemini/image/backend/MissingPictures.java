package io.github.camelgemini.image.backend;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.secret.OutsideText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Pictures that a service has drawn and that are not to be had, and why. */
public final class MissingPictures {

    private final List<Throwable> failures = new ArrayList<>();

    /**
     * Takes those that came; one that cannot be had takes no other with it.
     *
     * @param pictures all of them done
     */
    public List<GeneratedImage> takeOthers(Collection<CompletableFuture<GeneratedImage>> pictures) {
        List<GeneratedImage> images = new ArrayList<>();
        for (CompletableFuture<GeneratedImage> picture : pictures) {
            try {
                images.add(picture.join());
            } catch (RuntimeException e) {
                failures.add(Steps.cause(e));
            }
        }
        return images;
    }

    /** Whether none is missing. */
    public boolean isEmpty() {
        return failures.isEmpty();
    }

    /** Why one of them is missing; empty when there is none of that kind. */
    Optional<Throwable> any(Predicate<Throwable> kind) {
        return failures.stream().filter(kind).findFirst();
    }

    /**
     * The failure of an answer whose pictures are all missing, be it of this machine or of the service.
     *
     * @param drawn by whom, for what: the beginning of a sentence
     */
    public GeminiImageException failure(String drawn, ProviderError provider) {
        String message = drawn + ", but the image is not available: " + this;
        for (Throwable failure : failures) {
            if (failure instanceof LocalStorageException) {
                return new LocalStorageException(message, provider, failure);
            }
        }
        return new MalformedResponseException(message, provider, null);
    }

    @Override
    public String toString() {
        return failures.stream()
                .map(failure -> OutsideText.of(String.valueOf(failure.getMessage())))
                .collect(Collectors.joining(", "));
    }
}

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

/** Pictures that a service has made but that cannot be fetched, with the reasons. */
public final class MissingPictures {

    private final List<Throwable> failures = new ArrayList<>();

    /**
     * Takes the pictures that arrived. A failed one does not affect the others.
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

    /** Whether no picture is missing. */
    public boolean isEmpty() {
        return failures.isEmpty();
    }

    /** The first matching reason why a picture is missing; empty if there is none. */
    Optional<Throwable> any(Predicate<Throwable> kind) {
        return failures.stream().filter(kind).findFirst();
    }

    /**
     * The failure of an answer without any picture, caused by this machine or by the service.
     *
     * @param drawn the beginning of the sentence: the service, and what it has made
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

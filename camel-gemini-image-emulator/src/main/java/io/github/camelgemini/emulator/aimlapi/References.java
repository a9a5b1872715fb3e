package io.github.camelgemini.emulator.aimlapi;

import io.github.camelgemini.emulator.picture.Drawing;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The reference pictures of one request, fetched where that is possible.
 *
 * @param tiles in order
 * @param fetched those that have to be closed
 */
record References(List<Drawing.Tile> tiles, List<ReferencePicture> fetched) implements AutoCloseable {

    /** One could not be had. */
    static final class MissingException extends CompletionException {
        private static final long serialVersionUID = 1L;

        MissingException(int index, Throwable cause) {
            super("image_urls." + index + ": The image could not be downloaded", cause);
        }
    }

    /**
     * Gets all of them.
     *
     * @param own address of the service itself
     * @return fails with {@link MissingException}
     */
    static CompletableFuture<References> of(AimlRequest request, ReferenceFetch fetch, String own) {
        List<CompletableFuture<Optional<ReferencePicture>>> fetches = new ArrayList<>();
        for (AimlRequest.Reference reference : request.references()) {
            int index = fetches.size();
            fetches.add(
                    reference.picture() != null
                            ? CompletableFuture.completedFuture(Optional.empty())
                            : fetch.fetch(reference.address(), own).exceptionally(failure -> {
                                throw new MissingException(index, failure);
                            }));
        }
        return CompletableFuture.allOf(fetches.toArray(CompletableFuture[]::new))
                .thenApply(all -> collected(request, fetches))
                .whenComplete((references, failure) -> {
                    if (failure != null) {
                        fetches.stream()
                                .filter(one -> !one.isCompletedExceptionally())
                                .forEach(one -> one.join().ifPresent(References::close));
                    }
                });
    }

    private static References collected(
            AimlRequest request, List<CompletableFuture<Optional<ReferencePicture>>> fetches) {
        List<Drawing.Tile> tiles = new ArrayList<>();
        List<ReferencePicture> fetched = new ArrayList<>();
        for (int i = 0; i < fetches.size(); i++) {
            AimlRequest.Reference reference = request.references().get(i);
            Optional<ReferencePicture> picture = fetches.get(i).join();
            picture.ifPresent(fetched::add);
            tiles.add(tile(reference.address(), picture.orElse(reference.picture())));
        }
        return new References(tiles, fetched);
    }

    private static Drawing.Tile tile(String address, ReferencePicture picture) {
        return picture == null
                ? new Drawing.Tile(address, null)
                : new Drawing.Tile(picture.mimeType() + " " + picture.length() + " bytes", picture);
    }

    @Override
    public void close() {
        fetched.forEach(References::close);
    }

    private static void close(ReferencePicture picture) {
        try {
            picture.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

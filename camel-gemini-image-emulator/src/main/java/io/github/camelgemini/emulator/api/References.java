package io.github.camelgemini.emulator.api;

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
 * The reference pictures of a request, fetched where possible.
 *
 * @param tiles in order
 * @param fetched those that have to be closed
 */
public record References(List<Drawing.Tile> tiles, List<ReferencePicture> fetched) implements AutoCloseable {

    /**
     * A reference picture.
     *
     * @param address its URL; empty when the bytes are available
     * @param picture the bytes; null when they are not available
     */
    public record Reference(String address, ReferencePicture picture) {}

    /** A reference picture could not be fetched. */
    public static final class MissingException extends CompletionException {
        private static final long serialVersionUID = 1L;

        private final int index;

        MissingException(int index, Throwable cause) {
            super("The picture at " + index + " could not be downloaded", cause);
            this.index = index;
        }

        /** Its position, from 0. */
        public int index() {
            return index;
        }
    }

    /**
     * Gets all reference pictures.
     *
     * @param own URL of the service itself
     * @return fails with {@link MissingException}
     */
    public static CompletableFuture<References> of(List<Reference> references, ReferenceFetch fetch, String own) {
        List<CompletableFuture<Optional<ReferencePicture>>> fetches = new ArrayList<>();
        for (Reference reference : references) {
            int index = fetches.size();
            fetches.add(
                    reference.picture() != null
                            ? CompletableFuture.completedFuture(Optional.empty())
                            : fetch.fetch(reference.address(), own).exceptionally(failure -> {
                                throw new MissingException(index, failure);
                            }));
        }
        return CompletableFuture.allOf(fetches.toArray(CompletableFuture[]::new))
                .thenApply(all -> collected(references, fetches))
                .whenComplete((collected, failure) -> {
                    if (failure != null) {
                        fetches.stream()
                                .filter(one -> !one.isCompletedExceptionally())
                                .forEach(one -> one.join().ifPresent(References::close));
                    }
                });
    }

    private static References collected(
            List<Reference> references, List<CompletableFuture<Optional<ReferencePicture>>> fetches) {
        List<Drawing.Tile> tiles = new ArrayList<>();
        List<ReferencePicture> fetched = new ArrayList<>();
        for (int i = 0; i < fetches.size(); i++) {
            Reference reference = references.get(i);
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

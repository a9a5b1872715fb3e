package io.github.camelgemini.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pictures that are in a spool directory, whatever folders of whatever processes they are in. */
final class SpoolFiles {

    private SpoolFiles() {}

    /** Those that are still there after a collection: somebody can reach their pictures, or else they go a moment later. */
    static List<Path> left(Path directory) {
        System.gc();
        return in(directory);
    }

    static List<Path> in(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock"))
                    .toList();
        } catch (UncheckedIOException | NoSuchFileException e) {
            // One went while we looked; look again.
            return in(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

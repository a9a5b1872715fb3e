package io.github.camelgemini.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pictures in a spool directory, in all folders of all processes. */
final class SpoolFiles {

    private SpoolFiles() {}

    /** The files that are left after a garbage collection, because their pictures are reachable. */
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

package io.github.camelgemini.image.payload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the spool folder with its final length, as it is known to the books of its store. */
record SpoolFile(Path path, long length, SpoolBooks books) implements Runnable {

    /** Deletes the file, once: called through a {@link java.lang.ref.Cleaner.Cleanable}. */
    @Override
    public void run() {
        delete(path);
        books.removed(length);
    }

    static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // Windows does not delete a file that is being read; the folder and all in it go when the store is closed.
        }
    }
}

package io.github.camelgemini.image.payload.spool;

import java.nio.file.Path;

/**
 * The spool folders in use by this process. A lock cannot tell: POSIX ends a process's lock on a file as soon as the
 * process closes <em>any</em> of its channels to it, so to look at the lock of a folder of our own would end it.
 *
 * <p>Kept as system properties, because another class loader of the same process may have this class too.
 */
final class LiveFolders {

    private static final String PROPERTY = "io.github.camelgemini.image.spool.";

    private LiveFolders() {}

    static void add(Path folder) {
        System.setProperty(PROPERTY + folder.getFileName(), "in use");
    }

    static void remove(Path folder) {
        System.clearProperty(PROPERTY + folder.getFileName());
    }

    static boolean contains(Path folder) {
        return System.getProperty(PROPERTY + folder.getFileName()) != null;
    }
}

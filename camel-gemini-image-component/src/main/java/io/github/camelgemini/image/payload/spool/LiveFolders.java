package io.github.camelgemini.image.payload.spool;

import java.nio.file.Path;

/**
 * The spool folders that this process uses. A lock cannot tell: POSIX releases a process's lock on a file as soon as
 * the process closes <em>any</em> of its channels to it. So checking the lock of one of our own folders would release
 * it.
 *
 * <p>Stored in system properties, because another class loader in this process may have loaded this class too.
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

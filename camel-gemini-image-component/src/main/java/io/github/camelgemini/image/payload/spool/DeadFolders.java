package io.github.camelgemini.image.payload.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds spool folders that dead processes have left, for example after a kill. */
final class DeadFolders {

    private static final Logger LOG = LoggerFactory.getLogger(DeadFolders.class);
    private static final Pattern NAME = Pattern.compile(Pattern.quote(SpoolFolder.PREFIX) + "[0-9a-f]{32}");

    private DeadFolders() {}

    /** Deletes them from {@code directory}. Skips what cannot be deleted, or belongs to another user. */
    static void remove(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            entries.filter(DeadFolders::isSpoolFolder)
                    .filter(folder -> !LiveFolders.contains(folder))
                    .forEach(DeadFolders::removeIfDead);
        } catch (IOException e) {
            LOG.debug("Spool directory {} cannot be searched for folders of dead processes", directory, e);
        }
    }

    private static boolean isSpoolFolder(Path entry) {
        return NAME.matcher(entry.getFileName().toString()).matches()
                && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    }

    private static void removeIfDead(Path folder) {
        Path lock = folder.resolve(SpoolFolder.LOCK);
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.tryLock() != null) {
                SpoolFolder.deleteWithContents(folder);
                LOG.info("Removed spool folder {} of a process that was killed", folder);
            }
        } catch (NoSuchFileException e) {
            // The folder is just being created or deleted. A process that is killed exactly then leaves an empty
            // folder.
            LOG.debug("Spool folder {} has no lock file", folder);
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debug("Spool folder {} is not removed", folder, e);
        }
    }
}

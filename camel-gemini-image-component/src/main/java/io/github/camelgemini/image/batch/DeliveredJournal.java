package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.files.WholeFiles;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A file with keys, to which a line is added for each change. If the process dies, no line is lost. To survive a crash
 * of the machine, lines are forced to the disk within a second; forcing each one would take longer than a picture. A
 * line ends with a line feed. Text after the last line feed was being written during a crash, and is overwritten. The
 * file is read once, and afterwards only the lines that other processes add.
 */
final class DeliveredJournal {

    private static final char ADDED = '+';
    private static final char REMOVED = '-';
    private static final long LONGEST_UNFORCED = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private final Set<String> keys = new HashSet<>();
    /** Which file was read, and how much of it. */
    private Object readFile;

    private long read;
    private long forced = System.nanoTime();
    private boolean isForced = true;

    DeliveredJournal(Path file) {
        this.file = file;
    }

    synchronized boolean contains(String key) throws IOException {
        return WholeFiles.uninterrupted(() -> {
            if (isBehind()) {
                try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "r")) {
                    readOn(journal);
                }
            }
            return keys.contains(key);
        });
    }

    /**
     * Adds or removes a key.
     *
     * @return whether this changed anything
     */
    synchronized boolean change(String key, boolean add) throws IOException {
        return WholeFiles.uninterrupted(() -> {
            WholeFiles.createFolder(file.getParent());
            boolean isNew = !Files.exists(file);
            try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "rw")) {
                // Closing releases the lock.
                journal.getChannel().lock();
                if (isBehind()) {
                    readOn(journal);
                }
                if (keys.contains(key) == add) {
                    return false;
                }
                append(journal, line(add ? ADDED : REMOVED, key));
                if (isNew) {
                    WholeFiles.forceNames(file.getParent());
                }
                keep(key, add);
                return true;
            }
        });
    }

    private void append(RandomAccessFile journal, byte[] line) throws IOException {
        journal.setLength(read);
        journal.seek(read);
        journal.write(line);
        read += line.length;
        isForced = System.nanoTime() - forced > LONGEST_UNFORCED;
        if (isForced) {
            journal.getFD().sync();
            forced = System.nanoTime();
        }
    }

    synchronized void clear() throws IOException {
        WholeFiles.uninterrupted(() -> Files.deleteIfExists(file));
        release();
    }

    /** Forces all lines to the disk and closes the file. */
    synchronized void end() throws IOException {
        if (!isForced) {
            WholeFiles.uninterrupted(() -> {
                try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "rw")) {
                    journal.getFD().sync();
                } catch (FileNotFoundException e) {
                    // It was deleted with its batch.
                }
                return null;
            });
            isForced = true;
        }
        release();
    }

    synchronized void release() {
        keys.clear();
        readFile = null;
        read = 0;
    }

    /** Whether the file has lines that were not read yet. */
    private boolean isBehind() throws IOException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            release();
            return false;
        }
        if (!Objects.equals(readFile, now.fileKey()) || now.size() < read) {
            release();
            readFile = now.fileKey();
        }
        return now.size() > read;
    }

    /**
     * @param journal the open file, if there is one: closing another one would release the lock of this process
     */
    private void readOn(RandomAccessFile journal) throws IOException {
        journal.seek(read);
        byte[] block = new byte[8192];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int length = journal.read(block); length > 0; length = journal.read(block)) {
            for (int at = 0; at < length; at++) {
                if (block[at] == '\n') {
                    read += line.size() + 1L;
                    understand(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else {
                    line.write(block[at]);
                }
            }
        }
    }

    private void understand(String line) throws IOException {
        char change = line.isEmpty() ? ' ' : line.charAt(0);
        if (change != ADDED && change != REMOVED) {
            throw new IOException("it is damaged before byte " + read);
        }
        keep(unescape(line.substring(1)), change == ADDED);
    }

    private void keep(String key, boolean added) {
        if (added) {
            keys.add(key);
        } else {
            keys.remove(key);
        }
    }

    private static byte[] line(char change, String key) {
        return (change + key.replace("\\", "\\\\").replace("\n", "\\n") + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder key = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == '\\' && at + 1 < text.length()) {
                at++;
                key.append(text.charAt(at) == 'n' ? '\n' : text.charAt(at));
            } else {
                key.append(letter);
            }
        }
        return key.toString();
    }
}

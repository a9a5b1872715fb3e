package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.files.WholeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.IdempotentRepository;

/** Delivered results, in one journal for each batch. */
final class DeliveredJournals implements IdempotentRepository {

    private final Function<String, Path> fileOfKey;
    private final WholeFiles.Work<List<Path>> files;
    private final Map<Path, DeliveredJournal> open = new ConcurrentHashMap<>();

    /**
     * @param fileOfKey gives the file for a key
     * @param files all existing files
     */
    DeliveredJournals(Function<String, Path> fileOfKey, WholeFiles.Work<List<Path>> files) {
        this.fileOfKey = fileOfKey;
        this.files = files;
    }

    private DeliveredJournal journal(Path file) {
        return open.computeIfAbsent(file, DeliveredJournal::new);
    }

    /** Frees the memory of a journal that is not in use. */
    void release(Path file) {
        DeliveredJournal journal = open.get(file);
        if (journal != null) {
            try {
                journal.end();
            } catch (IOException e) {
                throw failed(file, e);
            }
        }
    }

    /** Call this after the file was deleted. */
    void forget(Path file) {
        DeliveredJournal journal = open.remove(file);
        if (journal != null) {
            journal.release();
        }
    }

    private interface Question {
        boolean ask(DeliveredJournal journal) throws IOException;
    }

    private boolean ask(String key, Question question) {
        Path file = fileOfKey.apply(key);
        try {
            return question.ask(journal(file));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static RuntimeCamelException failed(Path file, IOException e) {
        return new RuntimeCamelException(
                "The journal of delivered results " + file + " cannot be used: " + e.getMessage(), e);
    }

    @Override
    public boolean add(String key) {
        return ask(key, journal -> journal.change(key, true));
    }

    @Override
    public boolean contains(String key) {
        return ask(key, journal -> journal.contains(key));
    }

    @Override
    public boolean remove(String key) {
        return ask(key, journal -> journal.change(key, false));
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    public void clear() {
        try {
            for (Path file : files.done()) {
                journal(file).clear();
            }
        } catch (IOException e) {
            throw new RuntimeCamelException("The journals of delivered results cannot be deleted", e);
        }
    }

    @Override
    public void start() {
        // Each journal is read when it is first needed.
    }

    @Override
    public void stop() {
        // Nothing stays open between two calls.
    }
}

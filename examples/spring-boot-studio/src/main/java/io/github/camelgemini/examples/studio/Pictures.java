package io.github.camelgemini.examples.studio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The pictures of late: a bounded number for a bounded time, their bytes in files. A {@link Picture} is published when it changes. */
@Component
class Pictures {

    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);

    private final StudioProperties properties;
    private final ApplicationEventPublisher publisher;
    /** Oldest first. */
    private final Map<String, Picture> pictures = new LinkedHashMap<>();

    Pictures(StudioProperties properties, ApplicationEventPublisher publisher) throws IOException {
        this.properties = properties;
        this.publisher = publisher;
        Files.createDirectories(properties.folder());
        deleteWhatAnEarlierRunLeft();
    }

    private void deleteWhatAnEarlierRunLeft() throws IOException {
        try (Stream<Path> files = Files.list(properties.folder())) {
            files.filter(file -> file.getFileName().toString().matches("[0-9a-f-]{36}\\.[a-z]+"))
                    .forEach(Pictures::delete);
        }
    }

    /**
     * A new picture, which waits.
     *
     * @param conversation to go on with; null begins one
     */
    synchronized Picture add(String conversation, String prompt) {
        if (conversation != null
                && pictures.values().stream().noneMatch(p -> p.conversation().equals(conversation))) {
            throw new RefusedException(
                    HttpStatus.NOT_FOUND,
                    "This picture is no longer kept, so it cannot be edited again. Draw it anew.");
        }
        long inProgress =
                pictures.values().stream().filter(p -> !p.isFinished()).count();
        if (inProgress >= properties.maxInProgress()) {
            throw new RefusedException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "There are " + inProgress + " pictures being drawn already. Try again in a minute.");
        }
        // 122 bits of a secure random generator.
        String id = UUID.randomUUID().toString();
        Picture picture =
                Picture.waiting(id, conversation == null ? UUID.randomUUID().toString() : conversation, prompt);
        pictures.put(id, picture);
        forget();
        return picture;
    }

    synchronized Picture get(String id) {
        Picture picture = pictures.get(id);
        if (picture == null) {
            throw new RefusedException(
                    HttpStatus.NOT_FOUND, "There is no picture with this id, or it is no longer kept.");
        }
        return picture;
    }

    /** Does nothing to a picture that is finished: its progress may be told late. */
    void update(String id, UnaryOperator<Picture> change) {
        synchronized (this) {
            Picture picture = pictures.get(id);
            if (picture == null || picture.isFinished()) {
                return;
            }
            pictures.put(id, change.apply(picture));
        }
        publisher.publishEvent(new Changed(id));
    }

    /** That a picture changed. */
    record Changed(String id) {}

    @Scheduled(fixedDelay = 10_000)
    synchronized void forget() {
        Instant tooOld = Instant.now().minus(properties.keepFor());
        int tooMany = pictures.size() - properties.maxPictures();
        List<Picture> finished =
                pictures.values().stream().filter(Picture::isFinished).toList();
        for (int i = 0; i < finished.size(); i++) {
            Picture picture = finished.get(i);
            if (i < tooMany || picture.since().isBefore(tooOld)) {
                pictures.remove(picture.id());
                if (picture.file() != null) {
                    delete(picture.file());
                }
            }
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", file, e.toString());
        }
    }
}

package io.github.camelgemini.examples.studio;

import io.github.camelgemini.image.conversation.ConversationRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

/**
 * The latest pictures: a limited number for a limited time, with their bytes in files. Each change of a {@link Picture}
 * is published.
 */
@Component
class Pictures {

    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);

    private final StudioProperties properties;
    private final ConversationRepository conversations;
    private final ApplicationEventPublisher publisher;
    /** Oldest first. */
    private final Map<String, Picture> pictures = new LinkedHashMap<>();

    Pictures(StudioProperties properties, ConversationRepository conversations, ApplicationEventPublisher publisher)
            throws IOException {
        this.properties = properties;
        this.conversations = conversations;
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
     * Adds a picture that waits.
     *
     * @param uploads number of uploaded pictures
     */
    synchronized Picture add(Order order, int uploads) {
        boolean goesOn = order.conversation() != null;
        if (goesOn) {
            checkDrawn(order.conversation());
        }
        long inProgress =
                pictures.values().stream().filter(p -> !p.isFinished()).count();
        if (inProgress >= properties.maxInProgress()) {
            throw new RefusedException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "There are " + inProgress + " pictures in progress already. Try again in a minute.");
        }
        // 122 bits of a secure random generator.
        String id = UUID.randomUUID().toString();
        String conversation = goesOn ? order.conversation() : UUID.randomUUID().toString();
        Picture picture = Picture.waiting(
                id,
                new Picture.Asked(
                        conversation, goesOn, order.prompt(), order.aspectRatio(), order.imageSize(), uploads));
        pictures.put(id, picture);
        forget();
        return picture;
    }

    /** Without a picture to continue with, the model would invent one, and bill it. */
    private void checkDrawn(String conversation) {
        List<Picture> turns = pictures.values().stream()
                .filter(picture -> picture.conversation().equals(conversation))
                .toList();
        if (!turns.isEmpty() && turns.stream().noneMatch(picture -> picture.state() == Picture.State.DONE)) {
            throw new RefusedException(
                    HttpStatus.CONFLICT, "There is no picture to edit yet. Wait for it, or start a new picture.");
        }
        if (turns.isEmpty() || !isKept(conversation)) {
            throw new RefusedException(
                    HttpStatus.NOT_FOUND,
                    "This picture has been deleted, so it cannot be edited again. Start a new picture.");
        }
    }

    private boolean isKept(String conversation) {
        try (InputStream contents = conversations.load(conversation).orElse(null)) {
            return contents != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized Picture get(String id) {
        Picture picture = pictures.get(id);
        if (picture == null) {
            throw new RefusedException(
                    HttpStatus.NOT_FOUND, "There is no picture with this id, or it has been deleted.");
        }
        return picture;
    }

    /** Does nothing for a finished picture, because progress events may arrive late. */
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

    /** A picture has changed. */
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
                if (picture.drawn() != null) {
                    delete(picture.drawn().file());
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

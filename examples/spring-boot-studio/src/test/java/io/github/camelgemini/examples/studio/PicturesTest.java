package io.github.camelgemini.examples.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.conversation.InMemoryConversationRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept is bounded, and so are its files. */
class PicturesTest {

    private static final Order FERN = new Order("A fern", null, null, null);

    @TempDir
    Path folder;

    @Test
    void oldestGoesWhenThereAreTooMany() throws IOException {
        Pictures pictures = pictures(Duration.ofHours(1), 2);
        List<Picture> drawn = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            drawn.add(draw(pictures));
        }

        assertThatThrownBy(() -> pictures.get(drawn.get(0).id())).isInstanceOf(RefusedException.class);
        assertThat(drawn.get(0).drawn().file()).doesNotExist();
        assertThat(pictures.get(drawn.get(2).id()).drawn().file()).exists();
    }

    @Test
    void finishedOnesGoWhenTheyAreTooOld() throws IOException {
        Pictures pictures = pictures(Duration.ZERO, 10);
        Picture waiting = pictures.add(FERN, 0);
        Picture drawn = draw(pictures);

        pictures.forget();

        assertThat(drawn.drawn().file()).doesNotExist();
        assertThat(pictures.get(waiting.id())).isEqualTo(waiting);
        assertThatThrownBy(() -> pictures.get(drawn.id())).isInstanceOf(RefusedException.class);
    }

    @Test
    void whatAnEarlierRunLeftIsDeletedAndNothingElse() throws IOException {
        Path left = Files.createFile(folder.resolve("0f8fad5b-d9cb-469f-a165-70867728950e.jpg"));
        Path other = Files.createFile(folder.resolve("holiday.jpg"));

        pictures(Duration.ofHours(1), 10);

        assertThat(left).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void lateProgressChangesNothing() throws IOException {
        Pictures pictures = pictures(Duration.ofHours(1), 10);
        Picture drawn = draw(pictures);

        pictures.update(drawn.id(), picture -> picture.drawing(1));

        assertThat(pictures.get(drawn.id())).isEqualTo(drawn);
    }

    private Pictures pictures(Duration keepFor, int maxPictures) throws IOException {
        return new Pictures(
                new StudioProperties(folder, keepFor, maxPictures, 20, List.of()),
                new InMemoryConversationRepository(),
                event -> {});
    }

    private Picture draw(Pictures pictures) throws IOException {
        Picture picture = pictures.add(FERN, 0);
        Path file = Files.createFile(folder.resolve(picture.id() + ".jpg"));
        pictures.update(picture.id(), waiting -> waiting.done(0, new Picture.Drawn("image/jpeg", 1, 1, null, file)));
        return pictures.get(picture.id());
    }
}

package io.github.camelgemini.examples.quickstart;

import static java.util.stream.Collectors.joining;

import io.github.camelgemini.examples.quickstart.Outcome.Failure;
import io.github.camelgemini.examples.quickstart.Outcome.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.apache.camel.util.StringHelper;

/** The page {@code index.html} beside the pictures: plain HTML that needs no network. */
final class Gallery {

    private static final String ORIGINALS = "originals";

    private final Path folder;

    Gallery(Path folder) {
        this.folder = folder;
    }

    /** Writes the page, and copies of the original pictures, so that the folder is complete. */
    Path write(List<Picture> pictures, List<Failure> failures, String bill) throws IOException {
        Files.createDirectories(folder);
        StringBuilder figures = new StringBuilder();
        for (Picture picture : pictures) {
            figures.append(figure(picture));
        }
        String page = template()
                .replace("<!-- bill -->", escape(bill))
                .replace(
                        "<!-- failures -->",
                        failures.stream().map(Gallery::failure).collect(joining()))
                .replace("<!-- figures -->", figures);
        return Files.writeString(folder.resolve("index.html"), page);
    }

    private static String template() throws IOException {
        try (InputStream in = Gallery.class.getResourceAsStream("/gallery.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String figure(Picture picture) throws IOException {
        String image = link(folder.relativize(picture.file()).toString());
        return """
                <figure>
                  <a href="%s"><img src="%s" width="%d" height="%d" alt="%s" loading="lazy"></a>%s
                  <figcaption>
                    <h2>%s</h2>
                    <p>%s</p>
                    <small>%d × %d · %,d kB · %s · %,d tokens · about $%.3f · %.1f s</small>
                  </figcaption>
                </figure>
                """
                .formatted(
                        image,
                        image,
                        picture.width(),
                        picture.height(),
                        escape(picture.prompt().strip()),
                        original(picture),
                        escape(picture.input()),
                        escape(picture.prompt().strip()),
                        picture.width(),
                        picture.height(),
                        picture.bytes() / 1000,
                        escape(picture.model()),
                        picture.tokens(),
                        picture.cost(),
                        picture.time().toMillis() / 1000.0);
    }

    private String original(Picture picture) throws IOException {
        Optional<Path> original = picture.original();
        if (original.isEmpty()) {
            return "";
        }
        Path copy = Files.createDirectories(folder.resolve(ORIGINALS)).resolve(picture.input());
        Files.copy(original.get(), copy, StandardCopyOption.REPLACE_EXISTING);
        String link = ORIGINALS + "/" + link(picture.input());
        return "\n  <a class=\"original\" href=\"%s\"><img src=\"%s\" alt=\"the original\"> the original</a>"
                .formatted(link, link);
    }

    private static String failure(Failure failure) {
        return "<p class=\"failure\"><b>%s</b> %s</p>\n".formatted(escape(failure.input()), escape(failure.reason()));
    }

    private static String link(String file) {
        return URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String escape(String text) {
        return StringHelper.xmlEncode(text);
    }
}

package io.github.camelgemini.docs.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All pages, and the texts of options, headers and Kamelets, are plain English: see "Words" in CONTRIBUTING.md. */
class WordsTest {

    private static final Path ROOT = Path.of("..");

    private static StyleCheck check;

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        check = new StyleCheck();
    }

    @ParameterizedTest
    @MethodSource("files")
    void sentencesArePlain(String file) {
        assertThat(findingsIn(ROOT.resolve(file))).as(file).isEmpty();
    }

    @Test
    void tooLongASentenceIsNamedByFileAndLine() throws IOException {
        Path page =
                Files.writeString(folder.resolve("page.adoc"), "= Page\n\nShort.\nA " + "word ".repeat(30) + "end.\n");
        assertThat(findingsIn(page)).singleElement().asString().contains("page.adoc:4: 32 words: ");
    }

    @Test
    void wordOfTheListIsFoundWithWhatToWrite() throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), "A picture is *dear*.\n");
        assertThat(findingsIn(page)).singleElement().asString().contains("page.md:1: 'dear': write expensive");
    }

    @Test
    void misspelledWordIsFoundWithWhatMayBeMeant() throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), "Kamelets are not recieved by AnyFast.\n");
        assertThat(findingsIn(page)).singleElement().asString().contains("page.md:1: 'recieved': write received");
    }

    @Test
    void codeAndLiteralsAreLeftAlone() throws IOException {
        Path page = Files.writeString(
                folder.resolve("page.adoc"),
                "Set `timeout=dear`.\n\n----\nthe timeout\n----\n\n`dear`:: is a value.\n");
        assertThat(findingsIn(page)).isEmpty();
    }

    @Test
    void cellsOfTablesAndTextsOfLinksAreRead() throws IOException {
        Path page = Files.writeString(folder.resolve("page.adoc"), "|===\n|a |the <<x,timeout>>\n|===\n");
        assertThat(findingsIn(page)).singleElement().asString().contains("'timeout': write time-out");
    }

    @Test
    void descriptionsOfTheCatalogAreRead() throws IOException {
        Path catalog = Files.writeString(folder.resolve("a.json"), "\n{\"description\": \"The timeout.\"}\n");
        Path kamelet =
                Files.writeString(folder.resolve("a.kamelet.yaml"), "description: >-\n  Ends with\n  a timeout.\n");
        assertThat(findingsIn(catalog)).singleElement().asString().contains("a.json:2: ");
        assertThat(findingsIn(kamelet)).singleElement().asString().contains("a.kamelet.yaml:2: ");
    }

    private static List<String> findingsIn(Path file) {
        return Prose.of(file).stream()
                .flatMap(sentence -> check.findingsIn(sentence).stream())
                .toList();
    }

    /** Gives what Git has in it, and what a build has written there for Git. */
    static List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean foreign =
                        Set.of("target", "node_modules", ".git", ".m2").contains(name);
                return foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = ROOT.relativize(file).toString().replace('\\', '/');
                boolean prose = name.matches(".*\\.(adoc|md|kamelet\\.yaml)|.*/image/gemini-image\\.json");
                // Copies of other pages, and messages of the log.
                boolean derived = name.matches("docs/pages/.*|.*/_messages\\.adoc");
                if (prose && !derived) {
                    files.add(name);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(files).contains("docs/src/docs/asciidoc/models.adoc");
        return files;
    }
}

package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.docs.routes.BatchRoutes;
import io.github.camelgemini.docs.routes.ReadmeRoutes;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.result.GeneratedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.main.Main;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.util.FileUtil;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows is what runs. */
class ReadmeTest {

    private static final Path README = Path.of("../README.md");
    private static final Path ROUTES = Path.of("src/test/java/io/github/camelgemini/docs/routes/ReadmeRoutes.java");

    private static final Path BATCHES = ROUTES.resolveSibling("BatchRoutes.java");

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    Path folder;

    @Test
    void javaRoutesAreThoseThatAreTested() throws Exception {
        String tested = withoutBlanks(Files.readString(ROUTES) + Files.readString(BATCHES));

        assertThat(blocks("java"))
                .filteredOn(block -> block.startsWith("from("))
                .hasSize(4)
                .allSatisfy(block -> assertThat(tested).contains(withoutBlanks(block)));
    }

    @Test
    void javaRoutesTurnPromptsAndPhotographsIntoPictures() throws Exception {
        Path prompts = Files.createDirectories(folder.resolve("prompts"));
        Path photos = Files.createDirectories(folder.resolve("photos"));
        Files.writeString(prompts.resolve("t-rex.txt"), "A T-Rex relaxing on a beach");
        Path instructions = Files.createDirectories(folder.resolve("instructions"));
        Files.writeString(instructions.resolve("1.txt"), "Draw a logo for a bakery");
        Files.write(photos.resolve("chair.png"), SnippetsTest.picture(300, 200));

        Main main = new Main();
        main.configure().addRoutesBuilder(new ReadmeRoutes());
        run(main, () -> {
            assertThat(folder.resolve("pictures/t-rex.jpg")).isNotEmptyFile();
            assertThat(ImageIO.read(folder.resolve("pictures/t-rex.jpg").toFile())
                            .getWidth())
                    .isEqualTo(2752);
            assertThat(folder.resolve("edited/chair.jpg")).isNotEmptyFile();
            assertThat(folder.resolve("drafts/1.jpg")).isNotEmptyFile();
        });
    }

    @Test
    void batchesOfFilesBecomePictures() throws Exception {
        Files.writeString(
                Files.createDirectories(folder.resolve("orders")).resolve("spring-2027.jsonl"),
                "{\"key\":\"mug\",\"prompt\":\"A mug\"}\n{\"key\":\"vase\",\"prompt\":\"A vase\"}\n");
        Main main = new Main();
        main.configure().addRoutesBuilder(new BatchRoutes());

        try {
            run(main, () -> {
                assertThat(folder.resolve("pictures/mug.jpg")).isNotEmptyFile();
                assertThat(folder.resolve("pictures/vase.jpg")).isNotEmptyFile();
            });
        } finally {
            FileUtil.removeDir(new File("batches"));
        }
        assertThat(EMULATOR.emulator().batches()).isEqualTo(1);
    }

    @Test
    void whatIsRefusedIsPaidForOnce() throws Exception {
        EMULATOR.on(RequestMatcher.any()).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));
        Files.writeString(Files.createDirectories(folder.resolve("prompts")).resolve("1.txt"), "forbidden");
        Files.write(Files.createDirectories(folder.resolve("photos")).resolve("2.png"), SnippetsTest.picture(300, 200));
        Files.writeString(
                Files.createDirectories(folder.resolve("instructions")).resolve("3.txt"), "forbidden");

        Main main = new Main();
        main.configure().addRoutesBuilder(new ReadmeRoutes());
        run(main, () -> {
            assertThat(folder.resolve("prompts/.failed/1.txt")).exists();
            assertThat(folder.resolve("photos/.failed/2.png")).exists();
            assertThat(folder.resolve("instructions/.failed/3.txt")).exists();
        });
        assertThat(EMULATOR.requests()).hasSize(3);
    }

    /** Files as ever, their folders below another. */
    private static final class FilesIn extends FileComponent {

        private final Path folder;

        FilesIn(Path folder) {
            this.folder = folder;
        }

        @Override
        protected GenericFileEndpoint<File> buildFileEndpoint(
                String uri, String remaining, Map<String, Object> parameters) throws Exception {
            return super.buildFileEndpoint(uri, folder.resolve(remaining).toString(), parameters);
        }
    }

    @Test
    void yamlRouteDraws() throws Exception {
        Path route = Files.writeString(
                folder.resolve("readme.camel.yaml"), blocks("yaml").get(0));

        Main main = new Main();
        main.configure().withRoutesIncludePattern("file:" + route);
        run(main, () -> assertThat(folder.resolve("pictures")).isDirectoryContaining("glob:**.jpg"));
    }

    @Test
    void jobInJsonDrawsWhatItSays() throws Exception {
        String json = blocks("json").get(0);
        Main main = new Main();
        run(main, () -> assertThat(main.getCamelTemplate().requestBody("gemini-image:generate", json, List.class))
                .hasSize(2)
                .allSatisfy(picture ->
                        assertThat(((GeneratedImage) picture).width()).isEqualTo(2752)));
    }

    @Test
    void everyOptionAndPropertyIsOne() throws Exception {
        String readme = Files.readString(README);
        String table =
                readme.substring(readme.indexOf("## Options that matter first"), readme.indexOf("## What it costs"));
        ComponentModel catalog = catalog();
        Set<String> ofEndpoints = names(catalog.getEndpointOptions().stream());

        assertThat(firstColumn(table)).hasSizeGreaterThan(10).allMatch(ofEndpoints::contains);
        Set<String> ofComponent = names(catalog.getComponentOptions().stream());
        assertThat(blocks("properties").get(0).lines().map(ReadmeTest::optionOfProperty))
                .hasSize(3)
                .allMatch(ofComponent::contains);
    }

    private static String optionOfProperty(String line) {
        String kebab = line.substring("camel.component.gemini-image.".length(), line.indexOf('='));
        return Pattern.compile("-(.)").matcher(kebab).replaceAll(dash -> dash.group(1)
                .toUpperCase(Locale.ROOT));
    }

    private static Stream<String> firstColumn(String table) {
        return table.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', 1)))
                .flatMap(cell -> Pattern.compile("`(\\w+)`").matcher(cell).results())
                .map(name -> name.group(1));
    }

    private static Set<String> names(Stream<? extends BaseOptionModel> options) {
        return options.map(BaseOptionModel::getName).collect(Collectors.toSet());
    }

    private static ComponentModel catalog() throws IOException {
        try (var json =
                ReadmeTest.class.getResourceAsStream("/META-INF/io/github/camelgemini/image/gemini-image.json")) {
            return JsonMapper.generateComponentModel(new String(json.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void run(Main main, ThrowingRunnable drawn) throws Exception {
        main.bind("file", new FilesIn(folder));
        main.addInitialProperty("camel.component.gemini-image.base-url", EMULATOR.baseUrl());
        main.addInitialProperty("camel.component.gemini-image.api-key", "any");
        main.start();
        try {
            Awaitility.await().untilAsserted(drawn);
        } finally {
            main.stop();
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(README))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static String withoutBlanks(String code) {
        return code.replaceAll("\\s", "");
    }
}

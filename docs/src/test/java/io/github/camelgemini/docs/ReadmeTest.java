package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelgemini.docs.routes.BatchRoutes;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.Prices;
import io.github.camelgemini.image.result.GeneratedImage;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.math.RoundingMode;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.main.Main;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.util.FileUtil;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.example.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows is what runs. */
class ReadmeTest {

    private static final Path README = Path.of("../README.md");

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    @TempDir
    Path folder;

    @Test
    void everyLinkAndPictureIsThere() throws IOException {
        List<String> links = found("\\]\\(([^)#]+)[^)]*\\)", Files.readString(README));

        assertThat(links)
                .filteredOn(link -> !link.startsWith("http"))
                .hasSizeGreaterThan(15)
                .allSatisfy(link ->
                        assertThat(README.resolveSibling(sourceOf(link))).exists());
        assertThat(links)
                .filteredOn(link -> link.matches(".*[.](png|jpg)"))
                .hasSize(2)
                .allSatisfy(picture ->
                        assertThat(Files.size(README.resolveSibling(picture))).isLessThan(150_000));
    }

    /** Pages are read where a code host shows them, and rendered from these. */
    private static String sourceOf(String link) {
        return link.replace("docs/pages/", "docs/src/docs/asciidoc/");
    }

    @Test
    void versionsAreThoseOfTheBuild() throws IOException {
        String readme = Files.readString(README);
        String pom = Files.readString(README.resolveSibling("pom.xml"));

        assertThat(readme)
                .contains("| Camel | %s, %s |".formatted(version(pom, "camel"), version(pom, "newest-camel")))
                .contains("| Spring Boot | %s with Camel %s; %s with Camel %s |"
                        .formatted(
                                version(pom, "spring-boot"),
                                version(pom, "camel"),
                                version(pom, "newest-spring-boot"),
                                version(pom, "newest-camel")))
                .contains("| Google Gen AI SDK for Java | %s |".formatted(version(pom, "google-genai")))
                .contains("<camel.version>" + version(pom, "camel") + "</camel.version>")
                .contains("org.apache.camel:camel-bom:" + version(pom, "camel") + "'")
                .contains("slf4j-simple</artifactId><version>" + version(pom, "slf4j") + "<")
                .contains("slf4j-simple:" + version(pom, "slf4j") + "'");
        String ours = found("<artifactId>camel-gemini-image-build</artifactId>\\s*<version>(.*?)</version>", pom)
                .get(0);
        assertThat(found(
                        "camel-gemini-image-(?:bom|component|emulator)(?:</artifactId><version>|:|-)(\\d[\\w.]*(?:-SNAPSHOT)?)",
                        readme))
                .hasSize(4)
                .containsOnly(ours);
    }

    private static String version(String pom, String library) {
        return found("<" + library + ".version>(.*?)</", pom).get(0);
    }

    @Test
    void javaClassTurnsPromptsIntoPictures() throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(javaClass());

        promptBecomesPicture(main);
    }

    /** "The class above becomes a {@code @Component}": the page about Spring Boot shows it. */
    @Test
    void springBeanTurnsPromptsIntoPictures() throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new Pictures());

        promptBecomesPicture(main);
    }

    @Test
    void yamlRouteTurnsPromptsIntoPictures() throws Exception {
        promptBecomesPicture(yamlRoute());
    }

    private void promptBecomesPicture(Main main) throws Exception {
        Files.writeString(
                Files.createDirectories(folder.resolve("prompts")).resolve("t-rex.txt"), "A T-Rex relaxing on a beach");

        run(main, () -> {
            BufferedImage picture =
                    ImageIO.read(folder.resolve("pictures/t-rex.jpg").toFile());
            assertThat((double) picture.getWidth() / picture.getHeight()).isCloseTo(16 / 9.0, within(0.03));
        });
        assertThat(EMULATOR.requests()).singleElement().satisfies(request -> assertThat(request.path())
                .contains("gemini-nano-banana-2.1"));
    }

    @Test
    void whatIsRefusedIsBilledOnce() throws Exception {
        EMULATOR.on(RequestMatcher.any()).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));
        Files.writeString(Files.createDirectories(folder.resolve("prompts")).resolve("1.txt"), "forbidden");
        Main main = new Main();
        main.configure().addRoutesBuilder(javaClass());

        run(main, () -> assertThat(folder.resolve("prompts/.failed/1.txt")).exists());

        Files.writeString(folder.resolve("prompts/2.txt"), "forbidden");
        run(yamlRoute(), () -> assertThat(folder.resolve("prompts/.failed/2.txt"))
                .exists());
        assertThat(EMULATOR.requests()).hasSize(2);
    }

    /** The class that README.md shows, compiled. */
    private RouteBuilder javaClass() throws Exception {
        Path source = Files.writeString(
                Files.createDirectories(folder.resolve("java")).resolve("Pictures.java"),
                blocks("java").get(0));
        int failures = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        source.getParent().toString(),
                        source.toString());
        assertThat(failures).isZero();
        URL[] classes = {source.getParent().toUri().toURL()};
        return new URLClassLoader(classes, getClass().getClassLoader())
                .loadClass("Pictures")
                .asSubclass(RouteBuilder.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    /** The route that README.md shows; the page "Kaoto and Camel JBang" has the same. */
    private Main yamlRoute() throws IOException {
        Path route = Path.of("src/test/resources/routes/pictures.camel.yaml");
        assertThat(route).hasContent(blocks("yaml").get(0));
        Main main = new Main();
        main.configure().withRoutesIncludePattern("file:" + route);
        return main;
    }

    @Test
    void uriOfEachOperationDraws() throws Exception {
        Main main = new Main();
        run(main, () -> {
            byte[] photo = SnippetsTest.picture(300, 200);
            assertThat(main.getCamelTemplate().requestBody(uri("edit") + "Make it night", photo, byte[].class))
                    .isNotEmpty();
            assertThat(main.getCamelTemplate().requestBody(uri("chat") + "logo", "Draw a logo", byte[].class))
                    .isNotEmpty();
        });
    }

    /** As README.md has it, without the sign that stands for a value. */
    private static String uri(String operation) throws IOException {
        return found("`(gemini-image:" + operation + "[?]\\w+=)…`", Files.readString(README))
                .get(0);
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
    void jobInJsonDrawsWhatItSays() throws Exception {
        String json = found("`(\\{\"prompt\".*?})`", Files.readString(README)).get(0);
        Main main = new Main();
        run(main, () -> assertThat(main.getCamelTemplate().requestBody("gemini-image:generate", json, List.class))
                .hasSize(2)
                .allSatisfy(picture ->
                        assertThat(((GeneratedImage) picture).width()).isEqualTo(1376)));
    }

    @Test
    void everyOptionAndPropertyIsOne() throws Exception {
        String readme = Files.readString(README);
        String table = readme.substring(readme.indexOf("## What else it does"), readme.indexOf("## What it costs"));
        ComponentModel catalog = catalog();
        Set<String> options =
                names(Stream.concat(catalog.getEndpointOptions().stream(), catalog.getEndpointHeaders().stream()));
        Set<String> services = Set.copyOf(ModelCatalog.standard().services());

        assertThat(found("[`?&](\\w+)(?:=[^`]*)?`", table))
                .hasSizeGreaterThan(10)
                .allMatch(name -> options.contains(name) || services.contains(name));
        Set<String> ofComponent = names(catalog.getComponentOptions().stream());
        assertThat(found("(camel[.]component[.]gemini-image[.].*?)[\n`]", readme).stream()
                        .map(ReadmeTest::optionOfProperty))
                .hasSize(4)
                .allMatch(option -> ofComponent.contains(option) || option.equals("emulator.enabled"));
    }

    private static String optionOfProperty(String line) {
        String kebab = line.substring("camel.component.gemini-image.".length(), line.indexOf('='));
        return Pattern.compile("-(.)").matcher(kebab).replaceAll(dash -> dash.group(1)
                .toUpperCase(Locale.ROOT));
    }

    @Test
    void pricesAreThoseOfTheCatalog() throws Exception {
        List<String> rows = found("\\| `(gemini-[\\w.-]+`.*)\\|\n", Files.readString(README));

        assertThat(rows).hasSize(3).allSatisfy(row -> {
            String[] cells = row.split("`? \\| ?");
            Prices prices = ModelCatalog.standard()
                    .find(cells[0])
                    .orElseThrow()
                    .prices()
                    .orElseThrow();
            List<ImageSize> sizes = List.of(ImageSize.SIZE_1K, ImageSize.SIZE_2K, ImageSize.SIZE_4K);
            assertThat(sizes).allSatisfy(size -> {
                String cell = cells[sizes.indexOf(size) + 1].strip();
                assertThat(prices.perImage(size)
                                .map(price -> price.setScale(cell.length() - "0.".length(), RoundingMode.HALF_UP)
                                        .toPlainString())
                                .orElse("–"))
                        .isEqualTo(cell);
            });
        });
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
            Awaitility.await() // A picture may be looked at while it is written.
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(drawn);
        } finally {
            main.stop();
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(README))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** What the first group of an expression finds. */
    private static List<String> found(String expression, String text) {
        return Pattern.compile(expression)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}

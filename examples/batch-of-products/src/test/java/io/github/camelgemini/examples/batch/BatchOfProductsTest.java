package io.github.camelgemini.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Pbatch-of-products} does with lists that are shorter, and worse. */
class BatchOfProductsTest {

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    private static final String HEADER = "sku,name,photograph,scene\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private Path catalogue;

    @BeforeEach
    void nameFolder() {
        catalogue = folder.resolve("catalogue");
    }

    @Test
    void everyProductGetsItsPicture() throws Exception {
        int status = run(list(12));

        assertThat(status).as(printed()).isZero();
        assertThat(pictures()).hasSize(12).contains("MUG-001.jpg", "MUG-012.jpg");
        BufferedImage picture = ImageIO.read(catalogue.resolve("MUG-001.jpg").toFile());
        assertThat(picture.getWidth()).isEqualTo(1024);
        assertThat(EMULATOR.requests()).hasSize(12).allSatisfy(request -> {
            assertThat(request.pictures()).hasSize(1);
            assertThat(request.prompt())
                    .startsWith("Catalogue picture of this ")
                    .contains("on a table");
        });
    }

    @Test
    void sheetReportAndCostAreLeft() throws Exception {
        run(list(12));

        BufferedImage sheet =
                ImageIO.read(catalogue.resolve("contact-sheet.png").toFile());
        assertThat(sheet.getWidth()).isGreaterThan(900);
        assertThat(Files.readAllLines(catalogue.resolve("paid.csv"))).hasSize(13);
        assertThat(Files.readString(catalogue.resolve("report.txt")))
                .contains("12 of 12 products have a picture.")
                .containsPattern("about \\$0\\.4\\d in this run, \\$0\\.4\\d in all runs")
                .doesNotContain("Without a picture");
        assertThat(printed()).contains("12 products, 12 pictures to make.", "12 of 12, $0.4", "Contact sheet: file:");
    }

    @Test
    void secondRunPaysOnlyForWhatIsMissing() throws Exception {
        run(list(6));
        Files.delete(catalogue.resolve("MUG-002.jpg"));
        Files.delete(catalogue.resolve("MUG-005.jpg"));
        Files.writeString(catalogue.resolve(".MUG-002.part"), "half a picture");
        EMULATOR.clear();

        int status = run(list(6));

        assertThat(status).as(printed()).isZero();
        assertThat(EMULATOR.requests())
                .extracting(BatchOfProductsTest::product)
                .containsExactlyInAnyOrder("brass mug 2", "brass mug 5");
        assertThat(printed()).contains("6 products, 4 have a picture, 2 pictures to make.");
        assertThat(pictures()).hasSize(6);
        assertThat(catalogue.resolve(".MUG-002.part")).doesNotExist();
    }

    @Test
    void failuresAreInTheReportInPlainWordsAndTheOthersAreMade() throws Exception {
        EMULATOR.on(RequestMatcher.prompt("forbidden")).answer(Fault.promptBlocked("PROHIBITED_CONTENT"));

        int status = run(HEADER
                + "A-1,good mug,mug-ff0000.jpg,on a table\n"
                + "A-2,mug without a scene,mug-ff0000.jpg\n"
                + "A-3,lost mug,IMG_0001.jpg,on a table\n"
                + "A-4,forbidden mug,mug-00ff00.jpg,on a table\n"
                + "A-1,second mug of that number,mug-0000ff.jpg,on a table\n"
                + "../A-6,mug,mug-0000ff.jpg,on a table\n"
                + ",mug,mug-0000ff.jpg,on a table\n"
                + "A-8,\"mug, large\",mug-0000ff.jpg,\"on a table, in the sun\"\n");

        assertThat(status).isEqualTo(1);
        assertThat(pictures()).containsExactly("A-1.jpg", "A-8.jpg");
        assertThat(Files.readString(catalogue.resolve("report.txt")))
                .contains("2 of 8 products have a picture.")
                .contains(
                        "Line 3, A-2\n  the line has 3 values, but 4 are needed; put a value with a comma into quotes")
                .contains("Line 4, A-3\n  there is no photograph " + folder.resolve("photographs/IMG_0001.jpg"))
                .containsPattern("Line 5, A-4\n  .*PROHIBITED_CONTENT")
                .contains("Line 6, A-1\n  line 2 has the sku A-1 too; each product needs its own")
                .contains("Line 7, ../A-6\n  the sku '../A-6' cannot name a file; use letters")
                .contains("Line 8, \n  the sku is empty")
                .doesNotContain("Exception", "\tat ");
        assertThat(printed()).contains("6 failed, see ").doesNotContain("Exception", "\tat ");
    }

    @Test
    void refusedKeyEndsItBeforeAllProductsHearTheSame() throws Exception {
        EMULATOR.on(RequestMatcher.any()).answer(Fault.invalidKey());

        int status = run(list(40));

        assertThat(status).isEqualTo(1);
        assertThat(EMULATOR.requests()).hasSizeLessThanOrEqualTo(16);
        assertThat(printed()).containsPattern("Stopped early: .*API key not valid.*Run it again");
        assertThat(printed().lines().filter(line -> line.contains("API key not valid")))
                .as("the reason")
                .hasSize(1);
    }

    @Test
    void usedUpBudgetEndsItEarlyWithOneReason() throws Exception {
        int status = run(list(40), EMULATOR.baseUrl(), Map.of("budget", "0.001"));

        assertThat(status).isEqualTo(1);
        assertThat(EMULATOR.requests()).isEmpty();
        assertThat(printed().lines().filter(line -> line.contains("exceeds the rest of the budget")))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("Stopped early: "));
    }

    @Test
    void withoutANetworkItEndsEarlyWithOneReason() throws Exception {
        int status = run(list(40), "http://localhost:1", Map.of());

        assertThat(status).isEqualTo(1);
        assertThat(printed().lines().filter(line -> line.contains("cannot be reached")))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("Stopped early: "));
        assertThat(Files.readString(catalogue.resolve("report.txt")).lines())
                .as("of what was in flight")
                .hasSizeLessThan(60);
    }

    @Test
    void progressOfNothingIsNotShown() {
        try (Progress progress = new Progress(0, true, out())) {
            assertThat(progress).isNotNull();
        }

        assertThat(printed()).isEmpty();
    }

    @Test
    void listWithOtherColumnsIsRefusedBeforeAnythingIsPaid() throws Exception {
        int status = run("number,title\n1,mug\n");

        assertThat(status).isEqualTo(1);
        assertThat(printed()).contains("must name the columns sku, name, photograph, scene; it names number, title");
        assertThat(EMULATOR.requests()).isEmpty();
    }

    @Test
    void readmeShowsTheRouteThatRuns() throws Exception {
        String route =
                Files.readString(Path.of("src/main/java/io/github/camelgemini/examples/batch/CatalogueRoute.java"));
        String readme = Files.readString(Path.of("README.md"));
        String shown =
                readme.substring(readme.indexOf("```java\n") + 8, readme.indexOf("```", readme.indexOf("```java") + 8));

        assertThat(route.replaceAll("\\s", "")).contains(shown.replaceAll("\\s", ""));
    }

    @Test
    void shippedListHasTwoHundredProducts() throws Exception {
        ProductList shipped = ProductList.read(Path.of("products.csv"));

        assertThat(shipped.products()).hasSize(200);
        assertThat(shipped.failures()).isEmpty();
    }

    private static String list(int products) {
        StringBuilder list = new StringBuilder(HEADER);
        for (int i = 1; i <= products; i++) {
            list.append("MUG-%03d,brass mug %d,mug-b58a3%x.jpg,on a table%n".formatted(i, i, i % 16));
        }
        return list.toString();
    }

    private static String product(ReceivedRequest request) {
        return request.prompt().replaceAll("Catalogue picture of this (.*?),.*", "$1");
    }

    private int run(String list) throws IOException, InterruptedException {
        return run(list, EMULATOR.baseUrl(), Map.of());
    }

    private int run(String list, String baseUrl, Map<String, String> options) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("products.csv"), list);
        Main camel = new Main();
        camel.addInitialProperty("camel.component.gemini-image.baseUrl", baseUrl);
        camel.addInitialProperty("camel.component.gemini-image.apiKey", "any");
        options.forEach((name, value) -> camel.addInitialProperty("camel.component.gemini-image." + name, value));
        return new BatchOfProducts(file, folder.resolve("photographs"), catalogue, out()).run(camel);
    }

    private PrintStream out() {
        return new PrintStream(console, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        return console.toString(StandardCharsets.UTF_8);
    }

    private List<String> pictures() throws IOException {
        try (Stream<Path> files = Files.list(catalogue)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
    }
}

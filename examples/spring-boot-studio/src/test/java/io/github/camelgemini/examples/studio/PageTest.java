package io.github.camelgemini.examples.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.image.springboot.test.AutoConfigureGeminiEmulator;
import java.awt.Color;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The page in Chromium, by keyboard where a keyboard can do it. Skipped where there is no Chromium with its driver. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "camel.component.gemini-image.max-retries=0")
@AutoConfigureGeminiEmulator
class PageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    @TempDir
    static Path folder;

    private static ChromeDriver browser;

    @LocalServerPort
    int port;

    @Autowired
    GeminiEmulator emulator;

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry properties) {
        properties.add("studio.folder", () -> folder.resolve("pictures").toString());
    }

    /** Not in {@code @BeforeAll}: what is skipped there is in no report of Surefire. */
    private static ChromeDriver startBrowser() {
        Optional<File> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<File> driver = onPath("chromedriver");
        if (chromium.isEmpty() || driver.isEmpty()) {
            abort("The page was not tested: chromium and chromedriver are not both installed."
                    + " On Debian: apt-get install chromium chromium-driver");
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.get());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        try {
            return new ChromeDriver(
                    new ChromeDriverService.Builder()
                            .usingDriverExecutable(driver.get())
                            .build(),
                    options);
        } catch (SessionNotCreatedException e) {
            return abort("The page was not tested: Chromium does not start: " + e.getMessage());
        }
    }

    private static Optional<File> onPath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> new File(directory, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void openPage() {
        if (browser == null) {
            browser = startBrowser();
        }
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        latency(0);
        browser.manage().window().setSize(new Dimension(1280, 900));
        browser.get("http://localhost:" + port + "/");
        browser.executeScript("sessionStorage.clear()");
        browser.navigate().refresh();
    }

    @Test
    void pictureIsDrawnByKeyboardAndEditedAgain() throws IOException {
        type("A lighthouse on a cliff at dusk");
        choose("ratio", "3:2");
        type(Keys.chord(Keys.CONTROL, Keys.ENTER));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(1));
        assertThat(drawn().get(0).getDomAttribute("alt")).isEqualTo("A lighthouse on a cliff at dusk");
        assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("prompt");

        buttons("Edit again").get(0).sendKeys(Keys.ENTER);
        assertThat(find("form-title").getText()).isEqualTo("Edit again");
        type("Make it winter, with snow on the roof");
        screenshot("edit-again");
        find("draw").click();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(2));
        assertThat(emulator.requests().get(1).body().toString()).contains("A lighthouse", "Make it winter");
        assertThat(buttons("Edit again")).as("only the last picture goes on").hasSize(1);
        assertThat(find("form-title").getText()).isEqualTo("New picture");

        browser.navigate().refresh();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(drawn()).as("after a reload").hasSize(2));
        assertNoErrorsInTheConsole();
    }

    @Test
    void progressIsShownWhileAPictureIsDrawn() throws IOException {
        emulator.next(Fault.delay(Duration.ofSeconds(4)));
        type("A fern");
        find("draw").click();

        await().atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .untilAsserted(() -> assertThat(browser.findElements(By.cssSelector("#gallery .stage")))
                        .singleElement()
                        .satisfies(stage -> assertThat(stage.getText()).startsWith("Drawing")));
        assertThat(browser.findElements(By.cssSelector("#gallery progress"))).hasSize(1);
        screenshot("progress");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(1));
        assertNoErrorsInTheConsole();
    }

    @Test
    void picturesToEditAreUploadedAndLeftOut() throws IOException {
        Path red = Files.write(folder.resolve("red.png"), StudioApiTest.picture(Color.RED));
        Path blue = Files.write(folder.resolve("blue.png"), StudioApiTest.picture(Color.BLUE));
        find("files").sendKeys(red.toAbsolutePath() + "\n" + blue.toAbsolutePath());
        assertThat(browser.findElements(By.cssSelector("#uploads img"))).hasSize(2);
        browser.findElement(By.cssSelector("[aria-label='Remove blue.png']")).click();
        type("Make it blue");
        screenshot("uploads");
        find("draw").click();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(1));
        assertThat(emulator.requests()).singleElement().satisfies(request -> assertThat(request.pictures())
                .hasSize(1));
        assertThat(browser.findElements(By.cssSelector("#uploads li"))).isEmpty();
        assertNoErrorsInTheConsole();
    }

    @Test
    void errorsAreSentences() throws IOException {
        find("draw").click();
        assertThat(find("error").getText()).isEqualTo("Write a prompt: say what to draw, or what to change.");

        Path paper = Files.writeString(folder.resolve("paper.pdf"), "%PDF");
        find("files").sendKeys(paper.toAbsolutePath().toString());
        assertThat(find("error").getText())
                .isEqualTo("“paper.pdf” is not a picture that can be edited. Use PNG, JPEG, WebP or HEIC.");
        Path large = Files.write(folder.resolve("large.png"), new byte[11 * 1024 * 1024]);
        find("files").sendKeys(large.toAbsolutePath().toString());
        assertThat(find("error").getText()).isEqualTo("“large.png” has 11.0 MB. The limit is 10 MB for each picture.");

        emulator.next(Fault.promptBlocked("SAFETY"));
        type("Something forbidden");
        find("draw").click();
        await().atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .untilAsserted(() -> assertThat(browser.findElements(By.cssSelector("#gallery [role=alert]")))
                        .singleElement()
                        .satisfies(alert -> assertThat(alert.getText())
                                .startsWith("The prompt was blocked")
                                .endsWith("Try it in other words.")));
        find("files").sendKeys(large.toAbsolutePath().toString());
        screenshot("error");
        buttons("Change the prompt").get(0).click();
        assertThat(find("prompt").getDomProperty("value")).isEqualTo("Something forbidden");
    }

    @Test
    void picturesOfAnyRatioStayInTheirFrames() throws IOException {
        List<String> ratios = List.of("1:1", "9:16", "1:8", "8:1");
        for (String ratio : ratios) {
            choose("ratio", ratio);
            choose("size", "1K");
            type("A picture of " + ratio);
            find("draw").click();
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(ratios.size()));

        for (int width : List.of(1280, 390)) {
            show(width, "light");
            screenshot("ratios-" + width + "-light");
            assertThat(browser.findElements(By.cssSelector("#gallery article")))
                    .hasSize(ratios.size())
                    .allSatisfy(tile -> {
                        WebElement picture = tile.findElement(By.tagName("img"));
                        WebElement caption = tile.findElement(By.className("prompt"));
                        assertThat(bottom(picture)).as(caption.getText()).isLessThanOrEqualTo(top(caption));
                        assertThat(picture.getSize().getWidth())
                                .isLessThanOrEqualTo(tile.getSize().getWidth());
                    });
            show(width, "dark");
            screenshot("ratios-" + width + "-dark");
        }
    }

    @Test
    void changedPromptGoesWithThePicturesThatWereUploaded() throws IOException {
        Path red = Files.write(folder.resolve("red.png"), StudioApiTest.picture(Color.RED));
        find("files").sendKeys(red.toAbsolutePath().toString());
        emulator.next(Fault.promptBlocked("SAFETY"));
        type("Something forbidden");
        find("draw").click();
        changeThePrompt();

        assertThat(browser.findElements(By.cssSelector("#uploads img"))).hasSize(1);
        type(" no more");
        find("draw").click();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(1));
        assertThat(emulator.requests()).hasSize(2).allSatisfy(request -> assertThat(request.pictures())
                .hasSize(1));
        assertThat(emulator.requests().get(1).prompt()).isEqualTo("Something forbidden no more");
    }

    @Test
    void uploadedPicturesThatAReloadLostAreAskedFor() throws IOException {
        Path red = Files.write(folder.resolve("red.png"), StudioApiTest.picture(Color.RED));
        find("files").sendKeys(red.toAbsolutePath().toString());
        emulator.next(Fault.promptBlocked("SAFETY"));
        type("Something forbidden");
        find("draw").click();
        awaitFailure();
        browser.navigate().refresh();
        changeThePrompt();

        find("draw").click();

        assertThat(find("error").getText())
                .isEqualTo("This prompt edits a picture that you uploaded. The reload removed it, so choose it again.");
        assertThat(emulator.requests()).as("nothing is invented").hasSize(1);
        find("files").sendKeys(red.toAbsolutePath().toString());
        find("draw").click();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(1));
        assertThat(emulator.requests().get(1).pictures()).hasSize(1);
    }

    @Test
    void changedPromptGoesOnWithItsConversation() {
        type("A lighthouse");
        find("draw").click();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(1));
        buttons("Edit again").get(0).click();
        emulator.next(Fault.promptBlocked("SAFETY"));
        type("Something forbidden");
        find("draw").click();
        awaitFailure();
        browser.navigate().refresh();
        changeThePrompt();

        assertThat(find("form-title").getText()).isEqualTo("Edit again");
        type(" no more");
        find("draw").click();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(2));
        assertThat(emulator.requests().get(2).body().toString())
                .contains("A lighthouse", "Something forbidden no more", "thoughtSignature");
    }

    @Test
    void whatIsTypedWhileARequestIsUnderWayStays() {
        latency(1_500);
        type("A fern");
        type(Keys.chord(Keys.CONTROL, Keys.ENTER));
        type(Keys.chord(Keys.CONTROL, Keys.ENTER));
        type(" and what comes next");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(browser.findElements(By.cssSelector("#gallery li")))
                .isNotEmpty());

        latency(0);
        assertThat(find("prompt").getDomProperty("value")).isEqualTo("A fern and what comes next");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(1));
        assertThat(emulator.requests()).as("asked for once").singleElement().satisfies(request -> assertThat(
                        request.prompt())
                .isEqualTo("A fern"));
    }

    @Test
    void editAgainTakesTheRatioAndSizeOfThePicture() {
        choose("ratio", "16:9");
        choose("size", "2K");
        type("A lighthouse");
        find("draw").click();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(1));
        choose("ratio", "1:1");
        choose("size", "1K");

        buttons("Edit again").get(0).click();

        assertThat(find("ratio").getDomProperty("value")).isEqualTo("16:9");
        assertThat(find("size").getDomProperty("value")).isEqualTo("2K");
        type("Make it winter");
        find("draw").click();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(2));
        assertThat(emulator.requests().get(1).body().toString()).contains("16:9", "2K");
        assertThat(find("ratio").getDomProperty("value"))
                .as("as it was chosen for new pictures")
                .isEqualTo("1:1");
    }

    @Test
    void tileOfAStudioThatNoLongerAnswersSaysSo() {
        try (ConfigurableApplicationContext other =
                Studio.application(Map.of()).run("--server.port=0", "--studio.folder=" + folder.resolve("other"))) {
            other.getBean(GeminiEmulator.class).next(Fault.delay(Duration.ofMinutes(5)));
            browser.get("http://localhost:" + other.getEnvironment().getProperty("local.server.port") + "/");
            type("A fern");
            find("draw").click();
            await().atMost(PATIENCE)
                    .ignoreException(StaleElementReferenceException.class)
                    .untilAsserted(() -> assertThat(browser.findElements(By.cssSelector("#gallery .stage")))
                            .singleElement()
                            .satisfies(stage -> assertThat(stage.getText()).startsWith("Drawing")));
        }

        awaitFailure();
        assertThat(browser.findElement(By.cssSelector("#gallery [role=alert]")).getText())
                .isEqualTo("The studio no longer answers. Is it running?");
        assertThat(buttons("Check again")).hasSize(1);
    }

    @Test
    void longErrorsAreReadWhole() throws IOException {
        emulator.next(Fault.status(400, "INVALID_ARGUMENT", "The words of this request are wrong. ".repeat(25)));
        type("A fern");
        find("draw").click();
        awaitFailure();

        for (int width : List.of(1280, 390)) {
            show(width, "light");
            WebElement sentence = browser.findElement(By.cssSelector("#gallery [role=alert]"));
            assertThat(sentence.getText())
                    .contains("The words of this request are wrong. The words")
                    .endsWith(".");
            assertThat(bottom(sentence))
                    .isLessThanOrEqualTo(top(browser.findElement(By.cssSelector("#gallery .prompt"))));
            screenshot("long-error-" + width);
        }
    }

    @Test
    void asManyAsAreAllowedAreDrawnAtOnce() {
        for (int i = 1; i <= 10; i++) {
            choose("size", "1K");
            type("Fern " + i);
            find("draw").click();
            int tiles = i;
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(browser.findElements(By.cssSelector("#gallery li")))
                    .hasSize(tiles));
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(10));
    }

    @Test
    void fitsAPhoneAndTheDark() throws IOException {
        show(360, "dark");
        type("A night market in the rain");
        find("draw").click();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drawn()).hasSize(1));

        assertThat((Long) browser.executeScript("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(360);
        assertThat((String) browser.executeScript("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(22, 24, 27)");
        screenshot("phone-dark");
    }

    @Test
    void everythingThatCanBeUsedHasAName() {
        List<WebElement> controls = browser.findElements(By.cssSelector("input, textarea, select, button, progress"));

        assertThat(controls)
                .filteredOn(WebElement::isDisplayed)
                .hasSizeGreaterThan(3)
                .allSatisfy(control -> assertThat(control.getAccessibleName()).isNotBlank());
    }

    /** As a window of that width would, whatever the machine prefers. */
    private void show(int width, String colors) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colors))));
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    private void latency(int millis) {
        browser.executeCdpCommand("Network.enable", Map.of());
        browser.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", false, "latency", millis, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    private void awaitFailure() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.findElements(By.cssSelector("#gallery [role=alert]")))
                        .hasSize(1));
    }

    private void changeThePrompt() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(buttons("Change the prompt")).hasSize(1));
        buttons("Change the prompt").get(0).click();
    }

    private static int top(WebElement element) {
        return element.getRect().getY();
    }

    private static int bottom(WebElement element) {
        return element.getRect().getY() + element.getRect().getHeight();
    }

    private WebElement find(String id) {
        return browser.findElement(By.id(id));
    }

    private void type(CharSequence text) {
        find("prompt").sendKeys(text);
    }

    private void choose(String id, String value) {
        WebElement option = find(id).findElements(By.tagName("option")).stream()
                .filter(one -> value.equals(one.getDomProperty("value")))
                .findFirst()
                .orElseThrow();
        // As a keyboard does: by the first letters of what is read.
        find(id).sendKeys(option.getText());
        assertThat(find(id).getDomProperty("value")).isEqualTo(value);
    }

    private List<WebElement> buttons(String text) {
        return browser.findElements(By.xpath("//ol//button[text()='" + text + "']"));
    }

    /** Those that the browser has loaded; asked for in one go, as a tile may be drawn anew meanwhile. */
    @SuppressWarnings("unchecked")
    private List<WebElement> drawn() {
        return (List<WebElement>)
                browser.executeScript(
                        "return [...document.querySelectorAll('#gallery img')].filter(one => one.complete && one.naturalWidth)");
    }

    private void assertNoErrorsInTheConsole() {
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    /** To be looked at. */
    private void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }
}

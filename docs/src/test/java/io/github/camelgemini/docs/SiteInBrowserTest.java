package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The site in Chromium, as it is opened from a disk. Skipped where there is no Chromium with its driver. */
class SiteInBrowserTest {

    private static final Path SITE = Path.of(System.getProperty("docs.site")).toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PHONE = 390;
    private static final int DESKTOP = 1280;

    private static ChromeDriver browser;
    private static String audit;

    /** Not in {@code @BeforeAll}: what is skipped there is in no report of Surefire. */
    @BeforeEach
    void startBrowser() throws IOException {
        if (browser == null) {
            browser = browser();
            audit = resource("/site-audit.js");
        }
        show(DESKTOP, "light");
    }

    private static ChromeDriver browser() {
        Optional<File> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<File> driver = onPath("chromedriver");
        if (chromium.isEmpty() || driver.isEmpty()) {
            abort("The site was not looked at: chromium and chromedriver are not both installed."
                    + " On Debian: apt-get install chromium chromium-driver");
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.get());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        try {
            return new ChromeDriver(
                    new ChromeDriverService.Builder()
                            .usingDriverExecutable(driver.get())
                            .build(),
                    options);
        } catch (SessionNotCreatedException e) {
            return abort("The site was not looked at: Chromium does not start: " + e.getMessage());
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

    static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(SITE)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pageFitsAndCanBeReadOnPhoneAndDesktopInLightAndDark(String page) {
        open(page);

        List<String> findings = new ArrayList<>();
        for (int width : new int[] {PHONE, DESKTOP}) {
            for (String theme : List.of("light", "dark")) {
                show(width, theme);
                audit().forEach(finding -> findings.add(width + " " + theme + ": " + finding));
            }
        }
        assertThat(findings).isEmpty();
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .extracting(LogEntry::getMessage)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    429                  | errors, troubleshooting, reliability, faq
                    rate limit           | errors, how-to, reliability, troubleshooting
                    blocked prompt       | errors, troubleshooting, faq
                    prompt was blocked   | errors, troubleshooting, faq
                    PromptBlockedExcept  | errors
                    cost                 | models, reliability, how-to, batches, faq, choosing
                    price                | models, choosing
                    billing              | models, reliability, how-to, errors, faq
                    budget               | reliability
                    budjet               | reliability
                    timeout              | reliability, errors, reference, troubleshooting
                    time-out             | reliability, errors, reference, troubleshooting
                    requestTimeout       | reference
                    retry                | reliability, reference, errors
                    aspect ratio         | reference
                    imageSize            | reference
                    image size           | reference, models
                    api key              | getting-started, reference, authentication, security
                    authentication       | authentication, reference, errors
                    spring boot          | spring-boot
                    kafka                | kafka
                    emulator             | testing
                    metrics              | operations
                    proxy                | how-to, reference
                    out of memory        | reference, how-to, where-pictures-go, troubleshooting, containers
                    half the price       | batches, models, choosing
                    """)
    void searchFindsThePageAmongTheFirstThree(String query, String pages) {
        open("index.html");

        assertThat(search(query))
                .extracting(result -> result.substring(0, result.indexOf(".html")))
                .as(query)
                .anyMatch(Set.of(pages.split(", "))::contains);
    }

    /** The addresses of the first three results. */
    private static List<String> search(String query) {
        openSearch();
        input().sendKeys(query);
        await().atMost(PATIENCE).until(() -> !results().isEmpty());
        return results().stream()
                .limit(3)
                .map(result -> result.getDomAttribute("href"))
                .toList();
    }

    private static void openSearch() {
        browser.findElement(By.id("site-search-button")).click();
    }

    private static WebElement input() {
        return browser.findElement(By.id("site-search-words"));
    }

    private static List<WebElement> results() {
        return browser.findElements(By.cssSelector("#site-search-results > a"));
    }

    @Test
    void searchIsUsedByKeyboard() {
        open("index.html");
        browser.findElement(By.tagName("body")).sendKeys("/");
        input().sendKeys("requestTimeout");
        await().atMost(PATIENCE).until(() -> results().size() > 1);
        assertThat(chosen()).isEqualTo(results().get(0));
        assertThat(audit()).isEmpty();

        input().sendKeys(Keys.ARROW_DOWN);
        assertThat(chosen()).isEqualTo(results().get(1));
        input().sendKeys(Keys.ARROW_UP);
        assertThat(chosen()).isEqualTo(results().get(0));
        input().sendKeys(Keys.ESCAPE);
        assertThat(input().isDisplayed()).isFalse();

        browser.findElement(By.tagName("body")).sendKeys("/");
        input().sendKeys("429");
        await().atMost(PATIENCE)
                .until(() -> chosen() != null && chosen().getText().contains("429"));
        String target = chosen().getDomProperty("href");
        input().sendKeys(Keys.ENTER);
        await().atMost(PATIENCE).until(() -> browser.getCurrentUrl().equals(target));
    }

    /** The result that a screen reader is told of. */
    private static WebElement chosen() {
        String id = input().getDomAttribute("aria-activedescendant");
        return id == null ? null : browser.findElement(By.id(id));
    }

    @Test
    void searchWorksFromAServerToo() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", SiteInBrowserTest::serve);
        server.start();
        try {
            browser.get("http://localhost:" + server.getAddress().getPort() + "/kafka.html");

            assertThat(search("S3")).isNotEmpty();
        } finally {
            server.stop(0);
        }
    }

    private static void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path file = SITE.resolve(exchange.getRequestURI().getPath().substring(1));
            String type = Files.probeContentType(file);
            exchange.getResponseHeaders().set("Content-Type", type == null ? "text/javascript" : type);
            exchange.sendResponseHeaders(200, Files.size(file));
            Files.copy(file, exchange.getResponseBody());
        }
    }

    @Test
    void chosenColoursAreRemembered() {
        open("index.html");
        String light = paper();
        WebElement button = browser.findElement(By.id("site-theme-button"));
        button.click();
        String dark = paper();
        assertThat(dark).isNotEqualTo(light);
        assertThat(button.getDomAttribute("aria-pressed")).isEqualTo("true");

        open("errors.html");
        assertThat(paper()).isEqualTo(dark);

        browser.findElement(By.id("site-theme-button")).click();
        open("index.html");
        assertThat(paper()).isEqualTo(light);
    }

    private static String paper() {
        return browser.findElement(By.tagName("body")).getCssValue("background-color");
    }

    @Test
    void menuOfAPhoneOpensAndCloses() {
        show(PHONE, "dark");
        open("reference.html");
        WebElement menu = browser.findElement(By.id("site-menu"));
        assertThat(menu.isDisplayed()).isFalse();
        assertThat((Long) browser.executeScript("return document.querySelector('.bar').offsetHeight"))
                .isLessThan(64);

        browser.findElement(By.id("site-menu-button")).click();
        assertThat(menu.isDisplayed()).isTrue();
        assertThat(audit()).isEmpty();
        browser.findElement(By.tagName("body")).sendKeys(Keys.ESCAPE);
        assertThat(menu.isDisplayed()).isFalse();
    }

    private static void open(String page) {
        browser.get(SITE.resolve(page).toUri().toString());
    }

    private static void show(int width, String theme) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width == PHONE));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    @SuppressWarnings("unchecked") // What the script returns.
    private static List<String> audit() {
        return (List<String>) browser.executeScript(audit);
    }

    private static String resource(String name) throws IOException {
        try (InputStream resource = SiteInBrowserTest.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

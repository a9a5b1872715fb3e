package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Every link within the site leads somewhere, and every page can be reached. */
class SiteLinksTest {

    private static final String REPOSITORY = "https://github.com/camelgemini/camel-gemini-image/blob/main/";
    private static final Pattern MARKDOWN_LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Path SITE = Path.of(System.getProperty("docs.site"));

    private final Map<Path, Document> pages = pages();

    @Test
    void linksLeadToPagesAndAnchorsThatExist() {
        List<String> broken = new ArrayList<>();
        pages.forEach((page, document) -> {
            for (Element link : document.select("[href], [src]")) {
                String target = link.hasAttr("href") ? link.attr("href") : link.attr("src");
                if (!leadsSomewhere(page, target)) {
                    broken.add(SITE.relativize(page) + " → " + target);
                }
            }
        });
        assertThat(broken).isEmpty();
    }

    @Test
    void linksOfMarkdownFilesLeadToFilesAndAnchorsThatExist() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : markdownFiles()) {
            MARKDOWN_LINK
                    .matcher(Files.readString(file))
                    .results()
                    .map(link -> link.group(1))
                    .filter(target -> !leadsSomewhereInTheRepository(file, target))
                    .forEach(target -> broken.add(file + " → " + target));
        }
        assertThat(broken).isEmpty();
    }

    private static List<Path> markdownFiles() throws IOException {
        try (Stream<Path> files = Files.find(
                Path.of(".."),
                4,
                (file, its) ->
                        file.toString().endsWith(".md") && !file.toString().matches(".*/(target|node_modules)/.*"))) {
            return files.sorted().toList();
        }
    }

    /** Anchors are looked up in the site, which is made from the pages that the link leads to. */
    private boolean leadsSomewhereInTheRepository(Path file, String target) {
        URI uri = URI.create(target);
        if (uri.isAbsolute() || uri.getPath().isEmpty()) {
            return true;
        }
        Path linked = file.resolveSibling(uri.getPath()).normalize();
        Document page = pages.get(SITE.resolve(linked.getFileName().toString().replace(".adoc", ".html")));
        return Files.exists(linked)
                && (uri.getFragment() == null || page == null || page.getElementById(uri.getFragment()) != null);
    }

    @Test
    void linksAndButtonsHaveAName() {
        pages.forEach((page, document) -> assertThat(document.select("a[href], button"))
                .as(page.toString())
                .allMatch(element -> element.hasAttr("aria-label") || element.hasText()));
    }

    @Test
    void idsAreUniqueWithinAPage() {
        pages.forEach((page, document) -> assertThat(document.select("[id]").eachAttr("id"))
                .as(page.toString())
                .doesNotHaveDuplicates());
    }

    @Test
    void everyPageIsInTheMenuOfEveryPage() {
        List<String> names = pages.keySet().stream()
                .map(page -> SITE.relativize(page).toString())
                .sorted()
                .toList();
        assertThat(names).contains("index.html", "reference.html");
        pages.forEach((page, document) -> assertThat(
                        document.select("#site-menu a[href$=.html]").eachAttr("href"))
                .containsAll(names));
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        pages.forEach((page, document) -> assertThat(
                        document.select("link[rel=stylesheet][href^=http], script[src^=http], img[src^=http]"))
                .as(page.toString())
                .isEmpty());
    }

    private boolean leadsSomewhere(Path page, String target) {
        if (target.startsWith("data:")) {
            return true;
        }
        URI uri = URI.create(target);
        if (uri.isAbsolute()) {
            return !target.startsWith(REPOSITORY) || Files.exists(Path.of("..", target.substring(REPOSITORY.length())));
        }
        Path file = uri.getPath().isEmpty()
                ? page
                : page.resolveSibling(uri.getPath()).normalize();
        if (!Files.isRegularFile(file)) {
            return false;
        }
        String anchor = uri.getRawFragment();
        return anchor == null
                || !pages.containsKey(file)
                || pages.get(file).getElementById(URLDecoder.decode(anchor, StandardCharsets.UTF_8)) != null;
    }

    /** Without the Javadoc, which is below. */
    private static Map<Path, Document> pages() {
        Map<Path, Document> pages = new HashMap<>();
        try (Stream<Path> files = Files.list(SITE)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".html")).toList()) {
                pages.put(file, Jsoup.parse(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }
}

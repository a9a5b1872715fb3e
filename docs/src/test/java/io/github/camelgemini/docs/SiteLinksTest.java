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
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Every link within the site leads somewhere, and every page can be reached. */
class SiteLinksTest {

    private static final String REPOSITORY = "https://github.com/camelgemini/camel-gemini-image/blob/main/";
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

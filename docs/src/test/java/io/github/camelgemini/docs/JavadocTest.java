package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a build makes Javadoc, the site and it lead to each other. */
class JavadocTest {

    private static final String TEXT =
            "<p>A <code>Picture</code>, an <code>image</code>.</p><pre><code>Picture</code></pre>";

    @TempDir
    Path folder;

    @Test
    void namesOfClassesLeadToTheirPagesAndThoseLeadBack() throws IOException {
        Path made =
                Files.createDirectories(folder.resolve("made/a/b")).getParent().getParent();
        Files.writeString(
                made.resolve("type-search-index.js"), "typeSearchIndex = [{\"p\":\"a.b\",\"l\":\"Picture\"}]");
        Files.writeString(
                made.resolve("a/b/Picture.html"),
                "<ul id=\"navbar-top-firstrow\" class=\"nav-list\"><li>Package</li></ul>");

        Javadoc javadoc = Javadoc.copy(made, folder.resolve("site/javadoc"));
        Element article = Jsoup.parse(TEXT).body();
        javadoc.link(article);

        assertThat(javadoc.isThere()).isTrue();
        assertThat(article.select("a").eachAttr("href")).containsExactly("javadoc/a/b/Picture.html");
        Element page = Jsoup.parse(folder.resolve("site/javadoc/a/b/Picture.html"));
        assertThat(page.select("li a").attr("href")).isEqualTo("../../../index.html");
    }

    @Test
    void siteIsTheSameWithoutIt() throws IOException {
        Javadoc javadoc = Javadoc.copy(folder.resolve("none"), folder.resolve("javadoc"));
        Element article = Jsoup.parse(TEXT).body();
        javadoc.link(article);

        assertThat(javadoc.isThere()).isFalse();
        assertThat(article.select("a")).isEmpty();
    }
}

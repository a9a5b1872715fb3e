package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The menu has all pages, and only those that are there. */
class SiteMenuTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void menu() throws IOException {
        file = Files.writeString(
                folder.resolve("menu.txt"),
                """
                # A comment.
                Start
                  index        Overview

                Help
                  errors       Errors
                  errors#429   Too many requests
                """);
    }

    @Test
    void groupsHaveTheirPagesInOrder() throws IOException {
        SiteMenu menu = SiteMenu.read(file, Set.of("index", "errors"));

        assertThat(menu.groups()).containsOnlyKeys("Start", "Help");
        assertThat(menu.names()).containsExactly("index", "errors");
        assertThat(menu.groups().get("Help"))
                .extracting(SiteMenu.Entry::href)
                .containsExactly("errors.html", "errors.html#429");
    }

    @Test
    void pageThatIsMissingInTheMenuIsRefused() {
        assertThatThrownBy(() -> SiteMenu.read(file, Set.of("index", "errors", "faq")))
                .hasMessageEndingWith("lacks these pages: faq");
    }

    @Test
    void entryWithoutAPageIsRefused() {
        assertThatThrownBy(() -> SiteMenu.read(file, Set.of("index")))
                .hasMessageEndingWith("has pages that do not exist: errors");
    }
}

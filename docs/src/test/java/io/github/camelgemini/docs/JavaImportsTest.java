package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavaImportsTest {

    private static final List<String> FILE = List.of(
            "package org.example;",
            "",
            "import java.util.List;",
            "import java.util.Map;",
            "",
            "class Routes {",
            "    List<String> names = List.of(\"Map\"); // Map",
            "    int number = 1;",
            "}");

    @Test
    void snippetHasTheImportsThatItUses() {
        assertThat(JavaImports.before(FILE.subList(6, 7), FILE))
                .containsExactly("    import java.util.List;", "", "    List<String> names = List.of(\"Map\"); // Map");
    }

    @Test
    void snippetThatNeedsNoImportsStays() {
        assertThat(JavaImports.before(FILE.subList(7, 8), FILE)).containsExactly("    int number = 1;");
    }

    @Test
    void snippetWithImportsOfItsOwnStays() {
        assertThat(JavaImports.before(FILE.subList(2, 7), FILE)).isEqualTo(FILE.subList(2, 7));
    }
}

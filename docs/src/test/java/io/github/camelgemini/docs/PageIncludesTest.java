package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Includes are filled in as Asciidoctor does it. */
class PageIncludesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        write(
                "Route.java",
                "package p;",
                "",
                "// tag::one[]",
                "one();",
                "// tag::two[]",
                "two();",
                "// end::two[]",
                "// end::one[]");
        write("_part.adoc", "A part.", "include::{code}/Route.java[tag=two]");
    }

    @Test
    void regionsAreWithoutTheirTags() throws IOException {
        assertThat(filledIn("include::{code}/Route.java[tag=one]")).containsExactly("one();", "two();");
        assertThat(filledIn("include::{code}/Route.java[tags=two]")).containsExactly("two();");
    }

    @Test
    void regionsOfTagsWithAnExclamationMarkAreLeftOut() throws IOException {
        assertThat(filledIn("include::{code}/Route.java[tags=**]"))
                .containsExactly("package p;", "", "one();", "two();");
        assertThat(filledIn("include::{code}/Route.java[tags=!two]")).containsExactly("package p;", "", "one();");
        assertThat(filledIn("include::{code}/Route.java[tags=one;!two]")).containsExactly("one();");
    }

    @Test
    void linesAreCounted() throws IOException {
        assertThat(filledIn("include::{code}/Route.java[lines=4..4]")).containsExactly("one();");
        assertThat(filledIn("include::{code}/Route.java[lines=8..-1]")).containsExactly("// end::one[]");
    }

    @Test
    void indentationIsThatWhichIsAskedFor() throws IOException {
        write("deep.txt", "# tag::deep[]", "    deep", "", "      deeper", "# end::deep[]");

        assertThat(filledIn("include::{code}/deep.txt[tag=deep,indent=0]")).containsExactly("deep", "", "  deeper");
    }

    @Test
    void partsOfPagesMayIncludeToo() throws IOException {
        assertThat(filledIn("include::_part.adoc[]")).containsExactly("A part.", "two();");
    }

    @Test
    void attributesThatNamePlacesAreUsedAndLeftOut() throws IOException {
        assertThat(filledIn(":here: {code}", "include::{here}/Route.java[tag=two]"))
                .containsExactly("two();");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> filledIn("include::{code}/Route.java[tag=three]"))
                .hasMessageContaining("page.adoc")
                .hasMessageEndingWith("no tag [three]");
        assertThatThrownBy(() -> filledIn("include::{code}/None.java[]")).hasMessageContaining("None.java");
    }

    private List<String> filledIn(String... page) throws IOException {
        write("page.adoc", page);
        return new PageIncludes(Map.of("code", folder)).filledIn(folder.resolve("page.adoc"));
    }

    private void write(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), List.of(lines));
    }
}

package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects that pages show have the versions that this source is tested with. */
class FirstProjectTest {

    private final Element ours = project(Path.of("../pom.xml"));
    private final Element build = project(Path.of("../build/pom.xml"));
    private final Element shown = project(Path.of("../integration-tests/src/it/getting-started/pom.xml"));

    FirstProjectTest() throws IOException {}

    private static Element project(Path pom) throws IOException {
        return Jsoup.parse(Files.readString(pom), Parser.xmlParser()).selectFirst("project");
    }

    @Test
    void propertiesAreOurs() {
        Map<String, String> versions = Map.of(
                "camel.version",
                        ours.selectFirst("properties > camel\\.version").text(),
                "camel-gemini-image.version",
                        ours.selectFirst("parent > version").text());

        versions.forEach((name, version) -> assertThat(shown.selectFirst("properties > " + name.replace(".", "\\."))
                        .text())
                .as(name)
                .isEqualTo(version));
    }

    @ParameterizedTest
    @CsvSource({
        "slf4j-simple, slf4j.version",
        "junit-jupiter, junit.version",
        "maven-compiler-plugin, maven-compiler-plugin.version",
        "exec-maven-plugin, exec-maven-plugin.version",
        "maven-surefire-plugin, maven-surefire-plugin.version"
    })
    void othersAreOurs(String artifact, String property) {
        Element version = shown.selectFirst("artifactId:containsOwn(" + artifact + ") ~ version");

        String name = "properties > " + property.replace(".", "\\.");
        Element expected = ours.selectFirst(name) != null ? ours.selectFirst(name) : build.selectFirst(name);
        assertThat(version.text()).isEqualTo(expected.text());
    }

    /** The page has one pom for both; the projects that the build runs have the versions as placeholders. */
    @ParameterizedTest
    @ValueSource(strings = {"spring-boot", "spring-boot-4"})
    void springBootProjectIsLikeThoseThatRun(String name) throws IOException {
        Element page = Jsoup.parse(block("spring-boot", "<project"), Parser.xmlParser());
        Element run = project(Path.of("../integration-tests/src/it/" + name + "/pom.xml"));

        for (String part : List.of("parent > artifactId", "properties > java\\.version")) {
            assertThat(page.selectFirst(part).text())
                    .isEqualTo(run.selectFirst(part).text());
        }
        assertThat(page.select("dependencyManagement artifactId").eachText())
                .containsAll(run.select("dependencyManagement artifactId").eachText());
        assertThat(page.select("dependencies artifactId").eachText())
                .contains("camel-gemini-image-starter", "camel-gemini-image-emulator", "camel-file-starter");
        assertThat(page.select("version").eachText()).contains("{spring-boot-version}", "{camel-version}", "{version}");
    }

    @Test
    void gradleHasWhatTheReadmeHas() throws IOException {
        String page = block("getting-started", "repositories {")
                .replace(
                        "{camel-version}",
                        ours.selectFirst("properties > camel\\.version").text())
                .replace("{version}", ours.selectFirst("parent > version").text());

        assertThat(dependencies(page)).hasSize(6).isEqualTo(dependencies(Files.readString(Path.of("../README.md"))));
    }

    private static List<String> dependencies(String gradle) {
        return Pattern.compile("(?:implementation|runtimeOnly) (.*)")
                .matcher(gradle)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void assertjIsOurs() throws IOException {
        Element shown = Jsoup.parse(block("testing", "<artifactId>assertj-core"), Parser.xmlParser());

        assertThat(shown.selectFirst("version").text())
                .isEqualTo(ours.selectFirst("properties > assertj\\.version").text());
    }

    /** The block of a page that has a text. */
    private static String block(String page, String text) throws IOException {
        return Stream.of(Files.readString(Path.of("src/docs/asciidoc/" + page + ".adoc"))
                        .split("\n----\n"))
                .filter(block -> block.contains(text))
                .findFirst()
                .orElseThrow();
    }
}

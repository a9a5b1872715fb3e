package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The project of "Getting started" is shown with its versions, which are those that this source is tested with. */
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
}

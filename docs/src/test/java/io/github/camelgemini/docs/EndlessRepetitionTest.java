package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No route to copy is billed repeatedly for a message that always fails. */
class EndlessRepetitionTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void everyRouteOfDocumentationExamplesAndKameletsEndsWhatFails() throws IOException {
        List<PollingSource> sources;
        try (Stream<Path> files = Files.walk(ROOT)) {
            sources = files.filter(EndlessRepetitionTest::isForReaders)
                    .flatMap(file -> PollingSource.in(file).stream())
                    .toList();
        }

        assertThat(sources).hasSizeGreaterThan(10);
        assertThat(sources).filteredOn(PollingSource::bringsAFailedMessageAgain).isEmpty();
    }

    @Test
    void everyRouteThatStrangersWriteToRemovesTheirHeaders() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            assertThat(files.filter(EndlessRepetitionTest::isForReaders)
                            .flatMap(file -> PollingSource.in(file).stream()))
                    .filteredOn(PollingSource::bringsHeadersOfStrangers)
                    .isNotEmpty()
                    .allMatch(PollingSource::removesHeaders);
        }
    }

    /** Routes of earlier versions, and similar ones. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "from(\"file:prompts\").to(\"gemini-image:generate\")",
                "from(\"file:prompts?noop=true\").to(\"gemini-image:generate\")",
                "from(\"file:prompts\"\n  + \"?delay=100\").to(\"gemini-image:generate\")",
                "fromF(\"ftp:%s\", host).to(\"gemini-image:generate\")",
                "from(\"kafka:prompts?breakOnFirstError=true\").to(\"gemini-image:generate\")",
                "from(\"jms:prompts?transacted=true\").to(\"gemini-image:generate\")",
                "from(\"imaps:mail.example.org?username=a\").to(\"gemini-image:edit\")",
                "from(\"aws2-s3:photographs\").to(\"gemini-image:edit\")",
                "from(\"{{source}}\").to(\"gemini-image:edit\")",
                "from(file(\"prompts\")).to(\"gemini-image:generate\")"
            })
    void aRouteInJavaThatDoesNotEndItIsFound(String route) {
        assertThat(PollingSource.inJava("a page", route))
                .singleElement()
                .matches(PollingSource::bringsAFailedMessageAgain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                - route:
                    from:
                      uri: "file:{{prompts}}"
                      parameters:
                        noop: true
                      steps:
                        - to: gemini-image:generate
                """,
                """
                - from:
                    uri: file:prompts?delay=100
                    steps:
                      - to: gemini-image:generate
                """,
                """
                apiVersion: camel.apache.org/v1
                kind: Pipe
                spec:
                  source:
                    uri: "file:{{photographs}}"
                    properties:
                      noop: true
                  sink:
                    uri: log:pictures
                """,
                """
                apiVersion: camel.apache.org/v1
                kind: Pipe
                spec:
                  source:
                    ref:
                      name: aws-s3-source
                  sink:
                    uri: log:pictures
                """
            })
    void aRouteInYamlThatDoesNotEndItIsFound(String route) {
        assertThat(PollingSource.inYaml("a page", route))
                .singleElement()
                .matches(PollingSource::bringsAFailedMessageAgain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from(\"file:prompts?moveFailed=.failed\").to(\"gemini-image:generate\")",
                "from(\"file:prompts?noop=true&repeatCount=1\").to(\"gemini-image:generate\")",
                "from(\"kafka:prompts\").to(\"gemini-image:generate\")",
                "from(\"direct:draw\").to(\"gemini-image:generate\")",
                "onException(Exception.class).handled(true); from(\"imap:mail\").to(\"gemini-image:edit\")",
                "from(\"jms:a?transacted=true\").errorHandler(deadLetterChannel(\"jms:b\")).to(\"gemini-image:edit\")"
            })
    void aRouteThatEndsItIsLeftAlone(String route) {
        assertThat(PollingSource.inJava("a page", route))
                .singleElement()
                .matches(source -> !source.bringsAFailedMessageAgain());
    }

    private static boolean isForReaders(Path file) {
        String path = ROOT.relativize(file).toString();
        // The pages for code hosts are copies of the others and of the files that these include.
        boolean page = (path.endsWith(".md") || path.endsWith(".adoc")) && !path.startsWith("docs/pages/");
        boolean source = path.endsWith(".java") || path.endsWith(".yaml");
        boolean shown = path.startsWith("examples/") && path.contains("/src/main/")
                || path.startsWith("docs/src/test/java/io/github/camelgemini/docs/routes/")
                || path.startsWith("docs/src/test/resources/routes/")
                || path.startsWith("camel-gemini-image-component/src/main/resources/kamelets/")
                || path.startsWith("camel-gemini-image-component/src/test/resources/routes/");
        return Files.isRegularFile(file)
                && !path.contains("target/")
                && !path.contains("node_modules/")
                && (page || source && shown);
    }
}

package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page in the form of Camel's own site says what the catalog says. */
class ComponentPageTest {

    private static final Pattern ATTRIBUTE = Pattern.compile("^:([a-z-]+): (.*)$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("\\[source,yaml]\n----\n(.*?)----\n", Pattern.DOTALL);
    private static final Pattern URI = Pattern.compile("\"(gemini-image:[^\"]+)\"");

    private static String page;
    private static String json;
    private static JsonNode component;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("src/main/docs/gemini-image-component.adoc"));
        try (InputStream in = GeminiImageComponent.class.getResourceAsStream(
                "/META-INF/io/github/camelgemini/image/gemini-image.json")) {
            json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        component = new ObjectMapper().readTree(json).path("component");
    }

    @Test
    void attributesAreThoseOfTheCatalog() {
        Map<String, String> attributes =
                ATTRIBUTE.matcher(page).results().collect(Collectors.toMap(m -> m.group(1), m -> m.group(2)));

        assertThat(page).startsWith("= " + text("title") + " Component\n");
        assertThat(attributes)
                .containsEntry("doctitle", text("title"))
                .containsEntry("shortname", text("name"))
                .containsEntry("artifactid", text("artifactId"))
                .containsEntry("description", text("description"))
                .containsEntry("since", text("firstVersion").replaceFirst("\\.0$", ""))
                .containsEntry("supportlevel", text("supportLevel"))
                .containsEntry("component-header", "Both producer and consumer are supported");
        assertThat(component.path("producerOnly").asBoolean()).isFalse();
        assertThat(component.path("consumerOnly").asBoolean()).isFalse();
    }

    @Test
    void optionsAndHeadersComeFromCamelsPartials() {
        assertThat(page)
                .contains(
                        "include::partial$component-configure-options.adoc[]",
                        "include::partial$component-endpoint-options.adoc[]",
                        "include::partial$component-endpoint-headers.adoc[]");
    }

    @Test
    void everyOperationIsNamed() throws IOException {
        assertThat(new ObjectMapper().readTree(json).at("/properties/operation/enum"))
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(page).contains("`" + operation.asText() + "`"));
    }

    @Test
    void itsRouteIsOneThatTheTestsRun() throws IOException {
        assertThat(CODE.matcher(page).results().map(found -> found.group(1)))
                .containsExactly(Files.readString(Path.of("src/test/resources/routes/timer-to-file.camel.yaml")));
    }

    @Test
    void itsUrisAreValid() {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("gemini-image", GeminiImageComponent.class.getName(), json);

        assertThat(URI.matcher(page).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(uri -> assertThat(
                                catalog.validateEndpointProperties(uri).isSuccess())
                        .as(uri)
                        .isTrue());
    }

    private static String text(String name) {
        return component.path(name).asText();
    }
}

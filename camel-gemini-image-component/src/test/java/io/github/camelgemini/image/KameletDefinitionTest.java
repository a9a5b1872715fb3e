package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.util.TimeUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What tools read of the Kamelets: the conventions of Apache's catalog, and the options of the component. */
class KameletDefinitionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every property is the option of that name: type, choices, words; and the default in words. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemini-image-action",
                "gemini-image-edit-action",
                "gemini-image-batch-action",
                "gemini-image-batch-results-source"
            })
    void propertiesAreOptionsOfTheComponent(String name) throws IOException {
        JsonNode options = options();

        JsonNode properties = kamelet(name).at("/spec/definition/properties");
        assertThat(properties).hasSizeGreaterThan(15);
        properties.properties().forEach(property -> {
            JsonNode option = options.path(property.getKey());
            JsonNode value = property.getValue();
            assertThat(option.isObject())
                    .as(property.getKey() + " is an option")
                    .isTrue();
            assertThat(value.path("type").asText()).as(property.getKey()).isEqualTo(type(option));
            assertThat(values(value.path("enum"))).as(property.getKey()).isEqualTo(values(option.path("enum")));
            assertThat(value.path("format").asText().equals("password"))
                    .as(property.getKey() + " is a secret")
                    .isEqualTo(option.path("secret").asBoolean());
            assertThat(values(value.path("x-descriptors")).contains("urn:camel:group:credentials"))
                    .as(property.getKey() + " is among the credentials")
                    .isEqualTo(option.path("secret").asBoolean());
            assertThat(withoutDefault(value))
                    .isEqualTo(option.path("description").asText());
            assertThat(defaultOf(value, option)).as(property.getKey()).isEqualTo(defaultOf(option));
        });
    }

    /** A default of the Kamelet would be set at the endpoint, and win over what the application set for the component. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemini-image-action",
                "gemini-image-edit-action",
                "gemini-image-batch-action",
                "gemini-image-batch-results-source"
            })
    void defaultsAreLeftToTheComponent(String name) throws IOException {
        assertThat(kamelet(name).at("/spec/definition/properties").findValues("default"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemini-image-action",
                "gemini-image-edit-action",
                "gemini-image-batch-action",
                "gemini-image-batch-results-source"
            })
    void everyPropertyIsHandedToTheEndpoint(String name) throws IOException {
        JsonNode kamelet = kamelet(name);
        List<String> required = values(kamelet.at("/spec/definition/required"));

        JsonNode parameters = endpoint(kamelet).path("parameters");
        assertThat(names(parameters)).isEqualTo(names(kamelet.at("/spec/definition/properties")));
        parameters.properties().forEach(parameter -> {
            String property = parameter.getKey();
            String reference = parameter.getValue().asText();
            String expected = required.contains(property) ? "{{" + property + "}}" : "{{?" + property + "}}";
            if (property.equals("prompt")) {
                // RAW, because prompts have any character; it cannot be left out, so an empty one is none.
                expected = required.contains(property) ? "RAW({{prompt}})" : "RAW({{prompt:}})";
            }
            assertThat(reference).isEqualTo(expected);
        });
    }

    @Test
    void resultsAreBroughtFromWhereverBatchesAreSubmittedTo() throws IOException {
        assertThat(names(kamelet("gemini-image-batch-results-source").at("/spec/definition/properties")))
                .contains("service", "apiKey", "baseUrl", "vertexAi", "project", "location", "serviceAccountKey");
    }

    /** As the validator of https://github.com/apache/camel-kamelets wants them. */
    @ParameterizedTest
    @CsvSource({
        "gemini-image-action,action,generate",
        "gemini-image-edit-action,action,edit",
        "gemini-image-batch-action,action,batch",
        "gemini-image-batch-results-source,source,batchResults"
    })
    void conventionsOfTheCatalogAreKept(String name, String type, String operation) throws IOException {
        JsonNode kamelet = kamelet(name);

        assertThat(kamelet.path("apiVersion").asText()).isEqualTo("camel.apache.org/v1");
        assertThat(kamelet.at("/metadata/name").asText()).isEqualTo(name);
        assertThat(kamelet.at("/metadata/labels/camel.apache.org~1kamelet.type").asText())
                .isEqualTo(type);
        JsonNode annotations = kamelet.at("/metadata/annotations");
        assertThat(names(annotations))
                .contains(
                        "camel.apache.org/provider",
                        "camel.apache.org/kamelet.group",
                        "camel.apache.org/kamelet.namespace",
                        "camel.apache.org/catalog.version");
        assertThat(annotations.path("camel.apache.org/kamelet.support.level").asText())
                .isEqualTo(component().path("supportLevel").asText());
        String icon = annotations.path("camel.apache.org/kamelet.icon").asText();
        assertThat(icon).startsWith("data:image/svg+xml;base64,");
        assertThat(new String(Base64.getDecoder().decode(icon.substring(icon.indexOf(',') + 1))))
                .startsWith("<svg ");

        JsonNode definition = kamelet.at("/spec/definition");
        assertThat(definition.path("title").asText()).endsWith(type.equals("source") ? " Source" : " Action");
        assertThat(definition.path("description").asText()).endsWith(".");
        assertThat(definition.path("type").asText()).isEqualTo("object");
        definition.path("properties").forEach(property -> {
            assertThat(property.path("title").asText()).matches("[A-Z].*[^.]");
            assertThat(property.path("description").asText()).matches("[A-Za-z].*\\.");
        });
        assertThat(values(kamelet.at("/spec/dependencies")))
                .contains(
                        "camel:kamelet",
                        "mvn:" + component().path("groupId").asText() + ":"
                                + component().path("artifactId").asText() + ":"
                                + component().path("version").asText());
        assertThat(endpoint(kamelet).path("uri").asText()).isEqualTo("gemini-image:" + operation);
        assertThat(List.of(
                        kamelet.at("/spec/template/from/uri").asText(),
                        kamelet.at("/spec/template/from/steps/0/to/uri").asText()))
                .contains(type.equals("source") ? "kamelet:sink" : "kamelet:source");
    }

    /** The one of the component, with which a source begins. */
    private static JsonNode endpoint(JsonNode kamelet) {
        JsonNode from = kamelet.at("/spec/template/from");
        return from.path("uri").asText().startsWith("gemini-image:") ? from : from.at("/steps/0/to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemini-image-action",
                "gemini-image-edit-action",
                "gemini-image-batch-action",
                "gemini-image-batch-results-source"
            })
    void headersAreThoseOfTheComponent(String name) throws IOException {
        JsonNode headers = catalog().path("headers");

        assertThat(names(kamelet(name).at("/spec/dataTypes/out/headers")))
                .filteredOn(header -> header.startsWith("CamelGeminiImage"))
                .isNotEmpty()
                .allMatch(headers::has);
    }

    private static String type(JsonNode option) {
        String type = option.path("type").asText();
        return type.equals("enum") || type.equals("duration") ? "string" : type;
    }

    private static String withoutDefault(JsonNode property) {
        return property.path("description").asText().replaceFirst(" Default: \\S+\\.$", "");
    }

    private static String defaultOf(JsonNode property, JsonNode option) {
        String description = property.path("description").asText();
        int at = description.lastIndexOf(" Default: ");
        if (at < 0) {
            return "";
        }
        String text = description.substring(at + " Default: ".length(), description.length() - 1);
        return option.path("type").asText().equals("duration") ? "" + TimeUtils.toMilliSeconds(text) : text;
    }

    /** Empty for vertexAi, whose false means: by the other options, as its description says. */
    private static String defaultOf(JsonNode option) {
        boolean told = option.path("description").asText().contains("By default true if");
        return told ? "" : option.path("defaultValue").asText();
    }

    private static List<String> values(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asText()));
        return values;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode options() throws IOException {
        return catalog().path("properties");
    }

    private static JsonNode component() throws IOException {
        return catalog().path("component");
    }

    private static JsonNode catalog() throws IOException {
        try (InputStream in = open("/META-INF/io/github/camelgemini/image/gemini-image.json")) {
            return JSON.readTree(in);
        }
    }

    private static JsonNode kamelet(String name) throws IOException {
        try (InputStream in = open("/kamelets/" + name + ".kamelet.yaml")) {
            return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromInputStream(in));
        }
    }

    private static InputStream open(String resource) {
        return KameletDefinitionTest.class.getResourceAsStream(resource);
    }
}

package io.github.camelgemini.image.springboot;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.model.HarmCategory;
import io.github.camelgemini.image.model.LifeCycle;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelSpec;
import io.github.camelgemini.image.model.SafetyThreshold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/** What editors complete in application.yml says the same as the component's catalog. */
class ConfigurationMetadataTest {

    private static final String PREFIX = GeminiImageComponentConfiguration.PREFIX + ".";
    /** What is no option of the component but of the starter, and its default. */
    private static final Map<String, String> SWITCHES = Map.of(
            "enabled", "true",
            "customizer.enabled", "true",
            "emulator.enabled", "false",
            "emulator.ignore-credentials", "false",
            "emulator.port", "0");

    private static Map<String, JsonNode> properties;
    private static Map<String, JsonNode> hints;

    @BeforeAll
    static void read() throws Exception {
        Path classes = Path.of(GeminiImageComponentConfiguration.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        JsonNode metadata = new ObjectMapper()
                .readTree(classes.resolve("META-INF/spring-configuration-metadata.json")
                        .toFile());
        properties = byName(metadata.get("properties"));
        hints = byName(metadata.get("hints"));
    }

    private static Map<String, JsonNode> byName(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false)
                .collect(toMap(item -> item.get("name").asText().substring(PREFIX.length()), item -> item));
    }

    static Set<String> options() {
        return Catalog.componentOptions().keySet();
    }

    @Test
    void propertiesAreTheOptionsAndTheSwitchesOfTheStarter() {
        Set<String> expected = new TreeSet<>(SWITCHES.keySet());
        options().forEach(option -> expected.add(Catalog.kebab(option)));

        assertThat(properties.keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("options")
    void descriptionIsTheCatalogs(String option) {
        assertThat(property(option).path("description").asText())
                .isEqualTo(Catalog.componentOptions().get(option).description());
    }

    @ParameterizedTest
    @MethodSource("options")
    void typeIsTheCatalogsOrTheOneOfSpringForIt(String option) {
        assertThat(property(option).path("type").asText()).isEqualTo(springType(option));
    }

    private static String springType(String option) {
        Catalog.Option facts = Catalog.componentOptions().get(option);
        if (facts.type().equals("duration")) {
            return "java.time.Duration";
        }
        if (facts.isSize()) {
            return DataSize.class.getName();
        }
        return switch (facts.javaType()) {
            case "boolean" -> "java.lang.Boolean";
            case "int" -> "java.lang.Integer";
            case "java.util.Map<java.lang.String, java.lang.Object>" ->
                "java.util.Map<java.lang.String,java.lang.String>";
            default -> facts.javaType();
        };
    }

    @ParameterizedTest
    @MethodSource("options")
    void defaultIsTheCatalogs(String option) {
        Catalog.Option facts = Catalog.componentOptions().get(option);
        // The catalog's generator gives every Boolean the default false; one that may be null depends on other options.
        Optional<String> expected =
                facts.javaType().equals("java.lang.Boolean") ? Optional.empty() : facts.defaultValue();

        assertThat(Optional.ofNullable(property(option).get("defaultValue"))
                        .map(value -> inCatalogsUnit(option, value)))
                .isEqualTo(expected);
    }

    private static String inCatalogsUnit(String option, JsonNode value) {
        return switch (property(option).get("type").asText()) {
            case "java.time.Duration" ->
                String.valueOf(DurationStyle.detectAndParse(value.asText()).toMillis());
            case "org.springframework.util.unit.DataSize" ->
                String.valueOf(DataSize.parse(value.asText()).toBytes());
            case "java.lang.String" -> value.asText();
            // Spring's documentation asks for enums in lower case.
            default ->
                Catalog.componentOptions().get(option).type().equals("enum")
                        ? value.asText().toUpperCase(Locale.ROOT).replace('-', '_')
                        : value.asText();
        };
    }

    @ParameterizedTest
    @MethodSource("options")
    void choiceOfTheCatalogIsAHint(String option) {
        Catalog.Option facts = Catalog.componentOptions().get(option);
        boolean textWithChoice = !facts.values().isEmpty() && facts.javaType().equals("java.lang.String");

        if (textWithChoice) {
            assertThat(hintedValues(Catalog.kebab(option))).isEqualTo(facts.values());
        } else {
            assertThat(facts.values().isEmpty()
                            || property(option).get("type").asText().startsWith("io.github"))
                    .as("without a hint only an enum, whose values editors find themselves")
                    .isTrue();
        }
    }

    @Test
    void modelsThatAreHintedAreThoseInService() {
        List<String> inService = ModelCatalog.standard().specs().stream()
                .filter(model -> stage(model) != LifeCycle.Stage.RETIRED)
                .map(ModelSpec::id)
                .toList();

        assertThat(hintedValues("model")).containsExactlyInAnyOrderElementsOf(inService);
    }

    /** On the day that the catalog was last looked after, so that this test does not fail by itself one day. */
    private static LifeCycle.Stage stage(ModelSpec model) {
        return model.lifeCycle().stageOn(model.lifeCycle().provenance().asOf().orElseThrow());
    }

    @Test
    void safetySettingsAreHintedByCategoryAndThreshold() {
        assertThat(hintedValues("safety-settings.keys"))
                .map(HarmCategory::parse)
                .containsExactlyInAnyOrder(HarmCategory.values());
        assertThat(hintedValues("safety-settings.values"))
                .map(SafetyThreshold::parse)
                .containsExactly(SafetyThreshold.values());
    }

    @Test
    void hintsAreOfProperties() {
        assertThat(hints.keySet().stream().map(name -> name.replaceAll("\\.(keys|values)$", "")))
                .isSubsetOf(properties.keySet());
    }

    @Test
    void switchesAreDescribed() {
        SWITCHES.forEach((name, defaultValue) -> {
            assertThat(properties.get(name).path("description").asText())
                    .as(name)
                    .isNotBlank();
            assertThat(properties.get(name).path("defaultValue").asText())
                    .as(name)
                    .isEqualTo(defaultValue);
        });
    }

    private static JsonNode property(String option) {
        JsonNode property = properties.get(Catalog.kebab(option));
        assertThat(property).as("property " + Catalog.kebab(option)).isNotNull();
        return property;
    }

    private static List<String> hintedValues(String property) {
        assertThat(hints).containsKey(property);
        List<String> values = new ArrayList<>();
        hints.get(property)
                .path("values")
                .forEach(value -> values.add(value.get("value").asText()));
        return values;
    }
}

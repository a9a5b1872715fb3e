package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.genai.Client;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.connection.Services;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ServiceFace;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;

/** Catalog and services name the same things, and tell them by the same names. */
class CatalogAndServicesTest {

    private final ModelCatalog catalog = ModelCatalog.standard();

    @Test
    void everyServiceOfTheCatalogIsOne() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            Services services = new Services(context, catalog.services());

            assertThat(catalog.services())
                    .allSatisfy(name -> assertThat(services.find(name)).isNotNull());
        }
    }

    @Test
    void facesAreCalledTheSame() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            List<ServiceTraits> traits = new Services(context, catalog.services()).traits();

            assertThat(traits)
                    .extracting(face -> new ServiceFace(face.face(), face.service(), face.title(), true))
                    .containsExactlyElementsOf(catalog.faces().stream()
                            .filter(ServiceFace::available)
                            .toList());
        }
    }

    @Test
    void everyServiceThatComesAlongIsInTheCatalog() throws Exception {
        Path folder = Path.of("src/main/resources").resolve(Services.FOLDER);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(catalog.services());
        }
    }

    /** Camel's annotations take constants only. */
    @Test
    void optionsNameEveryServiceAndTheVariablesOfItsKey() throws Exception {
        JsonNode options;
        try (InputStream json = GeminiImageComponent.class.getResourceAsStream(
                "/META-INF/io/github/camelgemini/image/gemini-image.json")) {
            options = new ObjectMapper().readTree(json).path("properties");
        }

        assertThat(options.at("/service/description").asText()).contains(catalog.services());
        assertThat(options.at("/apiKey/description").asText()).contains(keyVariables());
    }

    @Test
    void noTestTakesAKeyFromTheMachineItRunsOn() throws Exception {
        assertThat(Path.of("../pom.xml"))
                .content()
                .contains(keyVariables().stream()
                        .map(name -> "<excludedEnvironmentVariable>" + name + "<")
                        .toList());
    }

    /** What leads to one service, or lets somebody in there, is for no other. */
    @Test
    void otherServiceTakesOverNoConnectionOptionOfAnother() throws Exception {
        Set<String> names = new TreeSet<>(
                Set.of("apiKey", "baseUrl", "apiVersion", "additionalHeader", "sslContextParameters", "outputGcsUri"));
        try (CamelContext context = new DefaultCamelContext()) {
            new Services(context, catalog.services()).traits().forEach(face -> names.addAll(face.options()));
        }
        GeminiImageConfiguration ours = new GeminiImageConfiguration();
        for (String name : names) {
            field(name).set(ours, something(field(name).getType()));
        }

        GeminiImageConfiguration theirs = ours.forEndpoint();
        theirs.setService("another");

        for (String name : names) {
            assertThat(field(name).get(theirs)).as(name).isEqualTo(field(name).get(new GeminiImageConfiguration()));
            assertThat(field(name).get(ours)).as(name).isNotEqualTo(field(name).get(theirs));
        }
    }

    private static Field field(String name) throws NoSuchFieldException {
        Field field = GeminiImageConfiguration.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static Object something(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[type.getEnumConstants().length - 1];
        }
        return switch (type.getSimpleName()) {
            case "String" -> "something";
            case "Boolean" -> true;
            case "Map" -> Map.of("X-Key", "something");
            case "SSLContextParameters" -> new SSLContextParameters();
            case "Client" -> Client.builder().apiKey("something").build();
            default -> throw new IllegalArgumentException("A value of " + type + ", please");
        };
    }

    private List<String> keyVariables() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            return new Services(context, catalog.services())
                    .traits().stream()
                            .flatMap(face -> face.keyVariables().stream())
                            .distinct()
                            .toList();
        }
    }
}

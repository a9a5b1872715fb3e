package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.dsl.StaticEndpointBuilders;
import io.github.camelgemini.image.dsl.component.GeminiImageComponentBuilderFactory;
import io.github.camelgemini.image.request.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** One name for one thing: options, headers, catalog and DSLs say the same. */
class CatalogTest {

    private static final String PATH = "/META-INF/io/github/camelgemini/image/gemini-image.json";

    private static String catalogJson() throws IOException {
        try (InputStream in = GeminiImageComponent.class.getResourceAsStream(PATH)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static Set<String> names(String section) throws IOException {
        JsonNode node = new ObjectMapper().readTree(catalogJson()).path(section);
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> headerConstants() throws IllegalAccessException {
        List<String> values = new ArrayList<>();
        for (Field field : GeminiImageHeaders.class.getFields()) {
            values.add((String) field.get(null));
        }
        return values;
    }

    @Test
    void everyParameterIsAnOptionOfEndpointAndComponent() throws Exception {
        List<String> parameters =
                Parameter.ALL.stream().map(Parameter::optionName).toList();

        assertThat(names("properties")).containsAll(parameters);
        assertThat(names("componentProperties")).containsAll(parameters);
    }

    @Test
    void everyParameterHasItsHeaderConstant() throws Exception {
        List<String> headers = Parameter.ALL.stream().map(Parameter::headerName).toList();

        assertThat(headerConstants()).containsAll(headers);
        assertThat(names("headers")).containsAll(headers);
    }

    @Test
    void noTwoParametersShareAFieldOfTheJsonRequest() {
        List<String> fields = Parameter.ALL.stream()
                .flatMap(parameter -> parameter.fieldNames().stream())
                .toList();

        assertThat(fields).doesNotHaveDuplicates().contains("aspect_ratio", "resolution", "image_urls", "retry_count");
    }

    @Test
    void noFieldOfTheJsonRequestIsAnOptionOfTheRoute() throws Exception {
        Set<String> ofTheRoute = names("properties");
        ofTheRoute.addAll(names("componentProperties"));
        Parameter.ALL.forEach(parameter -> ofTheRoute.remove(parameter.optionName()));

        assertThat(Parameter.ALL)
                .allSatisfy(parameter -> assertThat(parameter.fieldNames()).doesNotContainAnyElementsOf(ofTheRoute));
    }

    @Test
    void typeInJsonIsThatOfTheOption() throws Exception {
        JsonNode options = new ObjectMapper().readTree(catalogJson()).path("properties");

        assertThat(Parameter.ALL).allSatisfy(parameter -> {
            JsonNode option = options.path(parameter.optionName());
            Parameter.Type expected =
                    switch (option.path("type").asText()) {
                        case "boolean" -> Parameter.Type.FLAG;
                        case "integer", "number" -> Parameter.Type.NUMBER;
                        case "object" ->
                            option.path("multiValue").asBoolean() ? Parameter.Type.MAP : Parameter.Type.NUMBER;
                        default -> parameter.type();
                    };
            assertThat(parameter.type())
                    .as(parameter + " is " + option.path("type"))
                    .isEqualTo(expected);
            assertThat(parameter.type() == Parameter.Type.CHOICE)
                    .as(parameter + " has values to choose from")
                    .isEqualTo(option.has("enum"));
        });
    }

    @Test
    void noOutputHeaderHasTheNameOfAnOption() throws Exception {
        Set<String> inputs = Parameter.ALL.stream().map(Parameter::headerName).collect(Collectors.toSet());
        // Instead of the option, and told again.
        inputs.add(GeminiImageHeaders.BATCH_ID);
        inputs.add(GeminiImageHeaders.REQUEST_ID);
        Set<String> steering = names("properties").stream()
                .map(option -> "CamelGeminiImage" + Character.toUpperCase(option.charAt(0)) + option.substring(1))
                .collect(Collectors.toSet());

        assertThat(headerConstants())
                .filteredOn(header -> !inputs.contains(header))
                .hasSize(33)
                .doesNotContainAnyElementsOf(steering);
    }

    @Test
    void catalogKnowsEveryHeaderConstant() throws Exception {
        assertThat(names("headers")).containsExactlyInAnyOrderElementsOf(headerConstants());
    }

    @Test
    void catalogValidatesEndpointUris() throws Exception {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("gemini-image", GeminiImageComponent.class.getName(), catalogJson());

        EndpointValidationResult good = catalog.validateEndpointProperties(
                "gemini-image:generate?aspectRatio=16:9&imageSize=2K&requestTimeout=2m&safetySettings.harassment=OFF"
                        + "&apiKeyPlacement=BEARER");
        EndpointValidationResult bad =
                catalog.validateEndpointProperties("gemini-image:paint?aspectRatio=7:5&colour=blue");

        assertThat(good.isSuccess()).as(good.summaryErrorMessage(false)).isTrue();
        assertThat(bad.getInvalidEnum()).containsKeys("operation", "aspectRatio");
        assertThat(bad.getUnknown()).containsExactly("colour");
    }

    @Test
    void endpointDslWritesTheSameUri() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new EndpointRouteBuilder() {
                @Override
                public void configure() {
                    from(direct("start"))
                            .to(StaticEndpointBuilders.geminiImage("generate")
                                    .aspectRatio("16:9")
                                    .apiKey("key")
                                    .safetySettings("harassment", "OFF"));
                }
            });
            context.start();

            assertThat(context.getEndpoints()).anySatisfy(endpoint -> {
                assertThat(endpoint).isInstanceOf(GeminiImageEndpoint.class);
                GeminiImageConfiguration options = ((GeminiImageEndpoint) endpoint).getConfiguration();
                assertThat(options.getAspectRatio()).isEqualTo("16:9");
                assertThat(options.getSafetySettings()).containsEntry("harassment", "OFF");
            });
        }
    }

    @Test
    void componentDslSetsWhatEndpointsBeginWith() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            GeminiImageComponentBuilderFactory.geminiImage()
                    .apiKey("key")
                    .imageSize("2K")
                    .register(context, "pictures");
            context.start();
            GeminiImageEndpoint endpoint = context.getEndpoint("pictures:generate", GeminiImageEndpoint.class);

            assertThat(endpoint.getConfiguration().getImageSize()).isEqualTo("2K");
            assertThat(endpoint.getConfiguration().getApiKey()).isEqualTo("key");
        }
    }
}

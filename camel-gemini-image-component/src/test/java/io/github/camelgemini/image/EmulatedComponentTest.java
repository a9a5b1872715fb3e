package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.backend.OwnService;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.ProviderError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointServiceLocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link GeminiImageComponent#useEmulator}. */
class EmulatedComponentTest {

    private static final String SECRET = "marked-key-4711";
    private static final String DEVELOPER_PATH = "/v1/models/gemini-3.1-flash-image:generateContent";

    private final GeminiEmulator emulator = GeminiEmulator.builder().start();
    /** Stands for Google, which must hear nothing. */
    private final GeminiEmulator elsewhere = GeminiEmulator.builder().start();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> credentials = new ArrayList<>();

    @BeforeEach
    void start() {
        component().getConfiguration().setBaseUrl(elsewhere.baseUrl());
        component().useEmulator(emulator.baseUrl(), credentials::addAll);
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        assertThat(elsewhere.requests()).isEmpty();
        elsewhere.close();
        emulator.close();
    }

    private GeminiImageComponent component() {
        return context.getComponent("gemini-image", GeminiImageComponent.class);
    }

    /** What arrives at the emulator of a message to an endpoint with these options. */
    private ReceivedRequest drawn(String options) {
        Exchange exchange = context.createFluentProducerTemplate()
                .to("gemini-image:generate?" + options)
                .withBody("A fern")
                .send();
        assertThat(exchange.getException()).isNull();
        assertThat(emulator.requests()).hasSize(1);
        return emulator.requests().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "maxRetries=0,                                                    ''",
        "baseUrl=http://localhost:1/v9,                                   ''",
        "apiKey=marked-key-4711,                                          apiKey",
        "apiKey=marked-key-4711&apiKeyPlacement=QUERY,                    apiKey",
        "apiKey=RAW(${NOT_DEFINED}),                                      ''",
        "proxyHost=localhost&proxyPort=1,                                 ''"
    })
    void developerApiIsTheEmulators(String options, String told) {
        ReceivedRequest request = drawn(options);

        assertThat(request.path()).isEqualTo(DEVELOPER_PATH);
        assertThat(request.apiKey()).contains("emulator");
        assertThat(request.headers().toString()).doesNotContain(SECRET);
        assertThat(told()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "project=p&location=europe-west4,                            europe-west4, project",
        "project=p,                                                  global,       project",
        "project=p&serviceAccountKey=file:/no/marked-key-4711.json,  global,       project serviceAccountKey",
        "project=p&apiKey=RAW(${NOT_DEFINED}),                       global,       project"
    })
    void vertexAiIsTheEmulatorsAndAsksNobodyForAToken(String options, String location, String told) {
        ReceivedRequest request = drawn(options + "&labels.team=web");

        assertThat(request.path())
                .isEqualTo("/v1beta1/projects/p/locations/" + location
                        + "/publishers/google/models/gemini-3.1-flash-image:generateContent");
        assertThat(request.bearerToken()).contains("emulator");
        assertThat(told()).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vertexAi=true", "vertexAi=true&apiKey=marked-key-4711"})
    void expressModeIsTheEmulators(String options) {
        ReceivedRequest request = drawn(options);

        assertThat(request.path())
                .isEqualTo("/v1beta1/publishers/google/models/gemini-3.1-flash-image:generateContent");
        assertThat(request.apiKey()).contains("emulator");
    }

    /** Names of options that the component told, without their endpoints. */
    private String told() {
        return String.join(
                " ",
                credentials.stream()
                        .map(place -> place.substring(0, place.indexOf(" of gemini-image://generate")))
                        .toList());
    }

    @Test
    void clientOfTheRegistryMakesNoCall() {
        component().getConfiguration().setBaseUrl(null);
        HttpOptions http = HttpOptions.builder().baseUrl(elsewhere.baseUrl()).build();
        try (Client client = Client.builder().apiKey(SECRET).httpOptions(http).build()) {
            component().getConfiguration().setClient(client);

            assertThat(drawn("").apiKey()).contains("emulator");
            assertThat(told()).isEqualTo("client");
        }
    }

    @Test
    void clientOfVertexAiStaysOneOfVertexAi() {
        component().getConfiguration().setBaseUrl(null);
        HttpOptions http = HttpOptions.builder().baseUrl(elsewhere.baseUrl()).build();
        try (Client client =
                Client.builder().vertexAI(true).apiKey(SECRET).httpOptions(http).build()) {
            context.getRegistry().bind("ours", client);

            assertThat(drawn("client=#ours&labels.team=web").path()).startsWith("/v1beta1/publishers/google/models/");
        }
    }

    @Test
    void serviceOfYourOwnIsCalledAsBefore() {
        List<String> prompts = new ArrayList<>();
        context.getRegistry().bind("painter", new OwnService(new OwnBackend(request -> {
            prompts.add(request.prompt());
            return CompletableFuture.failedFuture(new NoImageException("none", null, null, null, ProviderError.NONE));
        })));
        Exchange exchange = context.createFluentProducerTemplate()
                .to("gemini-image:generate?service=#painter&apiKey=" + SECRET)
                .withBody("A fern")
                .send();

        assertThat(exchange.getException()).isInstanceOf(NoImageException.class);
        assertThat(prompts).containsExactly("A fern");
        assertThat(emulator.requests()).isEmpty();
        assertThat(credentials).isEmpty();
    }

    @Test
    void uploadsGoToTheEmulatorToo() {
        Exchange exchange = context.createFluentProducerTemplate()
                .to("gemini-image:edit?prompt=brighter&referenceUpload=FILES&apiKey=" + SECRET)
                .withBody(Pictures.draw("png", 30, 20))
                .send();

        assertThat(exchange.getException()).isNull();
        assertThat(emulator.requests())
                .hasSizeGreaterThan(1)
                .allSatisfy(request -> assertThat(request.headers().toString()).doesNotContain(SECRET));
    }

    @Test
    void credentialsAreToldWithTheirEndpointAndWithoutTheirValues() {
        drawn("apiKey=" + SECRET + "&imageSize=1K");

        assertThat(credentials).containsExactly("apiKey of gemini-image://generate?apiKey=xxxxxx&imageSize=1K");
    }

    @Test
    void mistakeIsStillAMistake() throws Exception {
        Producer producer = context.getEndpoint("gemini-image:generate?serviceAccountKey=file:key.json")
                .createProducer();

        assertThatThrownBy(producer::start).hasMessageContaining("serviceAccountKey requires the option project");
    }

    @Test
    void endpointTellsWhereItCalls() {
        EndpointServiceLocation endpoint =
                (EndpointServiceLocation) context.getEndpoint("gemini-image:generate?project=p");

        assertThat(endpoint.getServiceUrl()).isEqualTo(emulator.baseUrl());
    }

    @Test
    void comesTooLateOnceTheComponentHasStarted() {
        assertThatThrownBy(() -> component().useEmulator(elsewhere.baseUrl()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("useEmulator must be called before the component starts");
    }

    @Test
    void isNoOption() {
        assertThatThrownBy(() -> context.getEndpoint("gemini-image:generate?useEmulator=" + elsewhere.baseUrl()))
                .hasMessageContaining("useEmulator");
    }

    @Test
    void lastsWhenTheComponentStartsAgain() {
        component().stop();
        component().start();

        assertThat(drawn("apiKey=" + SECRET).apiKey()).contains("emulator");
    }
}

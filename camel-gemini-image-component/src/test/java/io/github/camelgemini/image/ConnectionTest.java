package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.sun.net.httpserver.HttpServer;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.backend.OwnService;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointServiceLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which server is called, and with which credentials. */
class ConnectionTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path folder;

    private ReceivedRequest sent(String uri) {
        Exchange exchange = routes.send(uri, "a cat");
        assertThat(exchange.getException()).isNull();
        return routes.emulator().requests().get(0);
    }

    @Test
    void keyGoesIntoGooglesHeader() {
        ReceivedRequest request = sent("gemini-image:generate");

        assertThat(request.header("x-goog-api-key")).contains(EmulatedRoutes.KEY);
        assertThat(request.query()).isEmpty();
        assertThat(request.path()).isEqualTo("/v1/models/gemini-3.1-flash-image:generateContent");
    }

    @Test
    void keyGoesIntoTheQuery() {
        ReceivedRequest request = sent("gemini-image:generate?apiKeyPlacement=QUERY");

        assertThat(request.queryParameter("key")).contains(EmulatedRoutes.KEY);
        assertThat(request.header("x-goog-api-key")).isEmpty();
    }

    @Test
    void keyGoesIntoTheAuthorization() {
        ReceivedRequest request = sent("gemini-image:generate?apiKeyPlacement=BEARER");

        assertThat(request.bearerToken()).contains(EmulatedRoutes.KEY);
        assertThat(request.header("x-goog-api-key")).isEmpty();
    }

    @Test
    void keyComesFromAPropertyPlaceholder() {
        routes.component().getConfiguration().setApiKey(null);
        routes.context().getPropertiesComponent().addInitialProperty("my.key", EmulatedRoutes.KEY);

        assertThat(sent("gemini-image:generate?apiKey={{my.key}}").apiKey()).contains(EmulatedRoutes.KEY);
    }

    @Test
    void missingKeySaysWhatToSet() {
        routes.component().getConfiguration().setApiKey(null);

        assertThatThrownBy(() -> routes.context()
                        .getEndpoint("gemini-image:generate")
                        .createProducer()
                        .start())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("apiKey")
                .hasMessageContaining("GOOGLE_API_KEY")
                .hasMessageContaining("emulator");
    }

    @Test
    void versionAndHeadersAreTheRouteAuthors() {
        ReceivedRequest request =
                sent("gemini-image:generate?apiVersion=v1&additionalHeader.X-Team=web&additionalHeader.X-Job=42");

        assertThat(request.path()).startsWith("/v1/models/");
        assertThat(request.header("X-Team")).contains("web");
        assertThat(request.header("X-Job")).contains("42");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            localhost:8080                        | does not begin with https:// or http://
            gateway.example.com                   | does not begin with https:// or http://
            //gateway.example.com                 | does not begin with https:// or http://
            ftp://gateway.example.com             | does not begin with https:// or http://
            https://                              | is not the URL of a server
            https://gate way.example.com          | is not the URL of a server
            http://localhost:port                 | is not the URL of a server
            https://localhost/?key=secret         | has a query or fragment
            https://localhost/v1#secret           | has a query or fragment
            https://anna:secret@localhost         | has a user or password before the host
            anna:secret@localhost                 | does not begin with https:// or http://
            http://localhost/v1beta/models        | is the URL of an API method
            http://localhost/v1beta/models/gemini-3.1-flash-image:generateContent | is the URL of an API method
            http://localhost/v1beta/openai/       | is the URL of an API method
            http://localhost/v1/projects/p        | is the URL of an API method
            """)
    void baseUrlThatLeadsNowhereStopsTheRouteFromStarting(String baseUrl, String why) {
        routes.component().getConfiguration().setBaseUrl(baseUrl);

        assertThatThrownBy(() -> routes.context()
                        .getEndpoint("gemini-image:generate")
                        .createProducer()
                        .start())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("option baseUrl '")
                .hasMessageContaining(why)
                .hasMessageContaining("write scheme, host and path")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "'/',          , default",
        "'///',        , default",
        "'  ',         , default",
        "'/v1beta',    , /v1beta/models/",
        "'/v1beta/',   , /v1beta/models/",
        "'/v1',        , /v1/models/",
        "'/v1beta',    v1beta, /v1beta/models/"
    })
    void baseUrlIsUnderstoodWithASlashABlankOrAVersionAtItsEnd(String end, String version, String path) {
        String expected =
                path.equals("default") ? sent("gemini-image:generate").path().replaceFirst("gemini-3.*", "") : path;
        routes.emulator().clearRequests();
        routes.component().getConfiguration().setBaseUrl(routes.emulator().baseUrl() + end);
        routes.component().getConfiguration().setApiVersion(version);

        assertThat(sent("gemini-image:edit?prompt=a cat&referenceImages=classpath:pictures/dot.png")
                        .path())
                .startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "proxyHost=http://proxy&proxyPort=8080, proxyHost 'http://proxy' must be a host",
        "proxyHost=proxy:8080&proxyPort=8080,   proxyHost 'proxy:8080' must be a host",
        "apiVersion=/v1beta,                    option apiVersion '/v1beta' must be a version",
        "apiVersion=v1/models,                  option apiVersion 'v1/models' must be a version"
    })
    void optionOfTheConnectionThatLeadsNowhereStopsTheRouteFromStarting(String options, String why) {
        assertThatThrownBy(() -> routes.context()
                        .getEndpoint("gemini-image:generate?" + options)
                        .createProducer()
                        .start())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(why);
    }

    @Test
    void versionInThePathIsPartOfItWhereTheRouteNamesAnother() {
        routes.component().getConfiguration().setBaseUrl(routes.emulator().baseUrl() + "/v1");
        routes.component().getConfiguration().setApiVersion("v1beta");
        routes.send("gemini-image:generate?maxRetries=0", "a cat");

        assertThat(routes.emulator().requests())
                .allSatisfy(request -> assertThat(request.path()).startsWith("/v1/v1beta/"));
    }

    @Test
    void vertexWithAKeyIsExpressMode() {
        ReceivedRequest request =
                sent("gemini-image:generate?vertexAi=true&personGeneration=ALLOW_ADULT&labels.team=web"
                        + "&outputFormat=png&outputQuality=80&aspectRatio=21:9");

        assertThat(request.path())
                .isEqualTo("/v1beta1/publishers/google/models/gemini-3.1-flash-image:generateContent");
        assertThat(request.body().at("/generationConfig/imageConfig"))
                .hasToString("{\"aspectRatio\":\"21:9\",\"personGeneration\":\"ALLOW_ADULT\","
                        + "\"imageOutputOptions\":{\"mimeType\":\"image/png\",\"compressionQuality\":80}}");
        assertThat(request.body().at("/labels")).hasToString("{\"team\":\"web\"}");
    }

    @Test
    void vertexParametersAreReadFromHeadersToo() {
        Exchange exchange = routes.send(
                "gemini-image:generate?vertexAi=true",
                "a cat",
                Map.of(
                        GeminiImageHeaders.PERSON_GENERATION, "dont_allow",
                        GeminiImageHeaders.LABELS, "team=web,job=42",
                        GeminiImageHeaders.REFERENCE_IMAGES, "gs://bucket/style.webp"));

        assertThat(exchange.getException()).isNull();
        ReceivedRequest request = routes.emulator().requests().get(0);
        assertThat(request.body()
                        .at("/generationConfig/imageConfig/personGeneration")
                        .asText())
                .isEqualTo("ALLOW_NONE");
        assertThat(request.body().at("/labels")).hasToString("{\"team\":\"web\",\"job\":\"42\"}");
        assertThat(request.body().at("/contents/0/parts/1/fileData"))
                .hasToString("{\"fileUri\":\"gs://bucket/style.webp\",\"mimeType\":\"image/webp\"}");
    }

    @Test
    void developerApiHasNoCloudStorage() {
        Exchange exchange = routes.send(
                "gemini-image:generate", "a cat", Map.of(GeminiImageHeaders.REFERENCE_IMAGES, "gs://bucket/a.png"));

        assertThat(exchange.getException()).hasMessageContaining("only Vertex AI reads from Cloud Storage");
    }

    @Test
    void serviceAccountFetchesATokenAndCallsTheProject() throws Exception {
        HttpServer tokens = tokenServer("token-of-the-account");
        try (GeminiEmulator vertex =
                GeminiEmulator.builder().accessToken("token-of-the-account").start()) {
            Path key =
                    serviceAccountKey("http://localhost:" + tokens.getAddress().getPort() + "/token");
            routes.component().getConfiguration().setApiKey(null);
            Exchange exchange = routes.send(
                    "gemini-image:generate?project=my-project&serviceAccountKey=file:" + key + "&baseUrl="
                            + vertex.baseUrl(),
                    "a cat");

            assertThat(exchange.getException()).isNull();
            assertThat(vertex.requests().get(0).path())
                    .isEqualTo("/v1beta1/projects/my-project/locations/global/publishers/google/models/"
                            + "gemini-3.1-flash-image:generateContent");
            assertThat(vertex.requests().get(0).bearerToken()).contains("token-of-the-account");
        } finally {
            tokens.stop(0);
        }
    }

    @Test
    void locationIsInThePathOfVertex() throws Exception {
        HttpServer tokens = tokenServer("token");
        try {
            Path key =
                    serviceAccountKey("http://localhost:" + tokens.getAddress().getPort() + "/token");
            routes.component().getConfiguration().setApiKey(null);
            ReceivedRequest request = sent("gemini-image:generate?project=my-project&location=europe-west4"
                    + "&serviceAccountKey=file:" + key);

            assertThat(request.path()).startsWith("/v1beta1/projects/my-project/locations/europe-west4/");
        } finally {
            tokens.stop(0);
        }
    }

    @Test
    void refusedServiceAccountIsNotAskedAgain() throws Exception {
        HttpServer tokens = tokenServer(400, "{\"error\":\"invalid_grant\",\"error_description\":\"account gone\"}");
        try {
            Path key =
                    serviceAccountKey("http://localhost:" + tokens.getAddress().getPort() + "/token");
            routes.component().getConfiguration().setApiKey(null);
            AuthenticationException failure = routes.failure(
                    "gemini-image:generate?project=my-project&serviceAccountKey=file:" + key,
                    "a cat",
                    Map.of(),
                    AuthenticationException.class);

            assertThat(failure)
                    .hasMessageContaining("Google issued no access token")
                    .hasMessageContaining("account gone");
            assertThat(failure.getAttempts()).isEqualTo(1);
        } finally {
            tokens.stop(0);
        }
    }

    @Test
    void tokensAreFetchedThroughTheProxy() throws Exception {
        // The emulator as the proxy answers the token server's address with 404, which is enough to be seen there.
        Path key = serviceAccountKey("http://tokens.invalid/token");
        routes.component().getConfiguration().setApiKey(null);
        routes.send(
                "gemini-image:generate?project=p&maxRetries=0&serviceAccountKey=file:" + key
                        + "&proxyHost=localhost&proxyPort=" + routes.emulator().port(),
                "a cat");

        assertThat(routes.emulator().requests())
                .anySatisfy(request -> assertThat(request.header("Host")).contains("tokens.invalid"));
    }

    /** Google's OAuth endpoint, as far as a service account needs it. */
    private static HttpServer tokenServer(String token) throws Exception {
        return tokenServer(200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    }

    private static HttpServer tokenServer(int status, String json) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Path serviceAccountKey(String tokenUri) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        ObjectNode key = new ObjectMapper().createObjectNode();
        key.put("type", "service_account").put("project_id", "my-project").put("private_key_id", "1");
        key.put(
                "private_key",
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        key.put("client_email", "route@my-project.iam.gserviceaccount.com").put("client_id", "2");
        key.put("token_uri", tokenUri);
        return Files.writeString(folder.resolve("key.json"), key.toString());
    }

    @Test
    void contradictingCredentialsAreRefused() {
        assertThat(refusal("serviceAccountKey=classpath:nothing.json")).contains("requires the option project");
        assertThat(refusal("project=p&serviceAccountKey=classpath:nothing.json"))
                .contains("cannot be used together");
        assertThat(refusal("project=p&vertexAi=false")).contains("contradicts project");
        assertThat(refusal("proxyHost=proxy")).contains("proxyPort");
        routes.component().getConfiguration().setApiKey(null);
        assertThat(refusal("project=q&serviceAccountKey=classpath:nothing.json"))
                .contains("is not a readable service account key");
    }

    @Test
    void keyThatIsNoneIsRefusedWithoutShowingIt() {
        routes.component().getConfiguration().setApiKey("two words-" + EmulatedRoutes.KEY);

        assertThat(refusal("numImages=1")).contains("apiKey contains blanks").doesNotContain(EmulatedRoutes.KEY);
    }

    @Test
    void lineBreakAfterTheKeyOfAFileIsForgiven() {
        routes.component().getConfiguration().setApiKey(EmulatedRoutes.KEY + "\n");

        assertThat(sent("gemini-image:generate").apiKey()).contains(EmulatedRoutes.KEY);
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertThat(refusal("requestTimeout=0")).contains("option requestTimeout '0' must be at least 1 milliseconds");
        assertThat(refusal("maxConcurrentRequests=0")).contains("maxConcurrentRequests '0' must be at least 1 calls");
        assertThat(refusal("retryMaxDelay=-1")).contains("retryMaxDelay '-1'");
        assertThat(refusal("idleTimeout=-1"))
                .contains("option idleTimeout '-1' must be between 0 and 2147483647 milliseconds; 0 means no limit");
        assertThat(refusal("connectTimeout=9999999999")).contains("option connectTimeout '9999999999'");
    }

    private String refusal(String options) {
        try {
            routes.context()
                    .getEndpoint("gemini-image:generate?" + options)
                    .createProducer()
                    .start();
        } catch (Exception e) {
            return WrongOptionTest.messages(e);
        }
        throw new AssertionError("Not refused: " + options);
    }

    @Test
    void proxyIsAskedForAnyHost() {
        Exchange exchange = routes.send(
                "gemini-image:generate?baseUrl=http://gemini.invalid&proxyHost=localhost&proxyPort="
                        + routes.emulator().port(),
                "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(routes.emulator().requests().get(0).header("Host")).contains("gemini.invalid");
    }

    @Test
    void clientOfTheRegistryIsUsed() throws Exception {
        try (Client client = clientWithAKeyOfItsOwn();
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("myClient", client);
            context.start();
            Object picture = context.createProducerTemplate()
                    .requestBodyAndHeader(
                            "gemini-image:edit", Pictures.draw("png", 30, 20), GeminiImageHeaders.PROMPT, "brighter");

            assertThat(picture).isInstanceOf(GeneratedImage.class);
            assertThat(routes.emulator().requests().get(0).header("X-Client")).contains("mine");
            assertThat(routes.emulator().requests().get(0).pictures().get(0).width())
                    .isEqualTo(30);
        }
    }

    @Test
    void failuresOfASuppliedClientAreTheSameExceptions() {
        try (Client client = clientWithAKeyOfItsOwn()) {
            pointNowhere();
            routes.component().getConfiguration().setClient(client);
            routes.emulator().next(Fault.noImage());
            routes.failure("gemini-image:generate", "a cat", Map.of(), NoImageException.class);
            routes.emulator().next(Fault.invalidKey());
            AuthenticationException refused =
                    routes.failure("gemini-image:generate", "a cat", Map.of(), AuthenticationException.class);

            assertThat(refused.getHttpStatus()).isEqualTo(400);
            assertThat(refused.getProviderStatus()).isEqualTo("INVALID_ARGUMENT");
            routes.emulator().on(request -> true).answer(Fault.dailyQuota());
            routes.failure("gemini-image:generate", "a cat", Map.of(), QuotaExhaustedException.class);
        }
    }

    @Test
    void clientOfTheRegistryDoesNotRedirectAnEndpointThatSaysWhereToGo() {
        try (Client client = Client.builder().apiKey("elsewhere").build()) {
            routes.component().getConfiguration().setClient(client);

            assertThat(sent("gemini-image:generate").apiKey()).contains(EmulatedRoutes.KEY);
        }
    }

    private void pointNowhere() {
        routes.component().getConfiguration().setApiKey(null);
        routes.component().getConfiguration().setBaseUrl(null);
    }

    private Client clientWithAKeyOfItsOwn() {
        HttpOptions options = HttpOptions.builder()
                .baseUrl(routes.emulator().baseUrl())
                .headers(Map.of("X-Client", "mine"))
                .retryOptions(HttpRetryOptions.builder().attempts(1).httpStatusCodes(List.of()))
                .build();
        return Client.builder().apiKey(EmulatedRoutes.KEY).httpOptions(options).build();
    }

    @Test
    void backendOfTheRegistryIsAskedInstead() {
        routes.context()
                .getRegistry()
                .bind(
                        "painter",
                        new OwnService(new OwnBackend(request -> CompletableFuture.failedFuture(
                                new RateLimitException("Asked for " + request.prompt(), Duration.ZERO, null)))));
        Exchange exchange = routes.send("gemini-image:generate?service=#painter&maxRetries=1", "a cat");

        assertThat(exchange.getException())
                .isInstanceOf(RateLimitException.class)
                .hasMessage("Asked for a cat");
        assertThat(((RateLimitException) exchange.getException()).getAttempts()).isEqualTo(2);
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void backendThatCountsNoTokensIsAnsweredAsAnyOther() throws Exception {
        try (PayloadStore store = new PayloadStore(null, 100_000)) {
            routes.context()
                    .getRegistry()
                    .bind(
                            "painter",
                            new OwnService(new OwnBackend(request -> CompletableFuture.completedFuture(new ImageResult(
                                    List.of(picture(store)),
                                    null,
                                    List.of(),
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    1)))));
            for (String output : List.of("image", "json")) {
                Exchange exchange =
                        routes.send("gemini-image:generate?service=#painter&numImages=2&output=" + output, "a cat");

                assertThat(exchange.getException()).isNull();
                assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.IMAGE_COUNT))
                        .isEqualTo(2);
                assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.TOTAL_TOKENS))
                        .isEqualTo(0);
            }
        }
        assertThat(routes.component().observations().totals().counts().pictures())
                .isEqualTo(4);
    }

    private static GeneratedImage picture(PayloadStore store) {
        try (PayloadStore.Writer writer = store.newWriter()) {
            writer.write(Pictures.draw("png", 16, 16));
            return new GeneratedImage(writer.finish(), new ImageInfo("image/png", 16, 16, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> answersThatAreNone() {
        ImageResult empty =
                new ImageResult(List.of(), "Sorry", List.of(), "m", null, "STOP", null, Usage.NONE, null, null, 1);
        ImageBackend nothing = new OwnBackend(request -> null);
        ImageBackend ofNull = new OwnBackend(request -> CompletableFuture.completedFuture(null));
        ImageBackend noPicture = new OwnBackend(request -> CompletableFuture.completedFuture(empty));
        ImageBackend broken = new OwnBackend(request -> {
            throw new NoClassDefFoundError("com/acme/Brush");
        });
        return Stream.of(
                Arguments.of(nothing, "The painter returned no future"),
                Arguments.of(ofNull, "The painter returned null"),
                Arguments.of(noPicture, "The painter answered without an image"),
                Arguments.of(
                        broken, "The call to model gemini-3.1-flash-image failed: java.lang.NoClassDefFoundError"));
    }

    @ParameterizedTest
    @MethodSource("answersThatAreNone")
    void answerOfABackendThatIsNoneIsAFailureThatNamesIt(ImageBackend backend, String says) {
        routes.context().getRegistry().bind("painter", new OwnService(backend));

        GeminiImageException failure =
                routes.failure("gemini-image:generate?service=#painter", "a cat", Map.of(), GeminiImageException.class);

        assertThat(failure).hasMessageContaining(says);
        assertThat(failure.getAttempts()).isEqualTo(1);
    }

    @Test
    void endpointTellsWhereItCalls() {
        EndpointServiceLocation local =
                (EndpointServiceLocation) routes.context().getEndpoint("gemini-image:generate");
        EndpointServiceLocation vertex = (EndpointServiceLocation)
                routes.context().getEndpoint("gemini-image:generate?project=my-project&baseUrl=https://vertex.example");

        assertThat(local.getServiceUrl()).isEqualTo(routes.emulator().baseUrl());
        assertThat(vertex.getServiceUrl()).isEqualTo("https://vertex.example");
        assertThat(vertex.getServiceProtocol()).isEqualTo("rest");
        assertThat(vertex.getServiceMetadata()).containsEntry("project", "my-project");
        assertThat(local.getServiceMetadata()).containsEntry("model", "gemini-3.1-flash-image");
    }

    @ParameterizedTest
    @CsvSource({
        "vertexAi=true,                      https://aiplatform.googleapis.com",
        "project=p,                          https://aiplatform.googleapis.com",
        "project=p&location=europe-west4,    https://europe-west4-aiplatform.googleapis.com",
        "project=p&location=eu,              https://aiplatform.eu.rep.googleapis.com",
        "model=gemini-3-pro-image,           https://generativelanguage.googleapis.com"
    })
    void endpointTellsGooglesHost(String options, String url) {
        pointNowhere();

        assertThat(((EndpointServiceLocation) routes.context().getEndpoint("gemini-image:generate?" + options))
                        .getServiceUrl())
                .isEqualTo(url);
    }

    @Test
    void valuesOfAdditionalHeadersAreNotTold() {
        routes.emulator().next(Fault.status(403, "PERMISSION_DENIED", "Token team-secret-99 is unknown"));
        Exchange refused = routes.send("gemini-image:generate?additionalHeader.X-Token=team-secret-99", "a cat");

        assertThat(WrongOptionTest.messages(refused.getException()))
                .contains("Token *** is unknown")
                .doesNotContain("team-secret-99");
        routes.component().getConfiguration().setAdditionalHeader(Map.of("X-Token", "two\nlines-secret"));
        assertThat(refusal("model=gemini-3-pro-image"))
                .contains("additionalHeader.X-Token contains characters")
                .doesNotContain("lines-secret");
    }

    @Test
    void printedUriHidesTheKey() {
        var endpoint = routes.context().getEndpoint("gemini-image:generate?apiKey=" + EmulatedRoutes.KEY);

        assertThat(endpoint.toString()).doesNotContain(EmulatedRoutes.KEY);
    }
}

package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsExchange;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.ReferenceImageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.camel.Exchange;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose certificate only the route author knows. */
class TlsTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private static final AtomicBoolean clientKnown = new AtomicBoolean();

    private static HttpsGateway gateway;
    private static String uri;
    private static String references;
    private static byte[] large;

    @BeforeAll
    static void startGateway(@TempDir Path folder) throws Exception {
        gateway = new HttpsGateway(folder, "localhost", "-validity", "2");
        answer("/", Pictures.draw("png", 30, 20));
        large = Arrays.copyOf(Pictures.draw("png", 30, 20), 3_000_000);
        answer("/large", large);
        byte[] picture = Pictures.draw("png", 3, 2);
        gateway.page("/cat.png", exchange -> {
            clientKnown.set(hasPeer(((HttpsExchange) exchange).getSSLSession()));
            exchange.sendResponseHeaders(200, picture.length);
            exchange.getResponseBody().write(picture);
            exchange.close();
        });
        gateway.page("/down", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://localhost/cat.png");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        references = gateway.url();
        uri = "gemini-image:generate?maxRetries=0&baseUrl=" + gateway.url();
    }

    private static void answer(String path, byte[] picture) {
        byte[] answer =
                ("{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""
                                + Base64.getEncoder().encodeToString(picture)
                                + "\"}}]},\"finishReason\":\"STOP\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
        gateway.page(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
    }

    private static boolean hasPeer(SSLSession session) {
        try {
            return session.getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @Test
    void unknownCertificateIsRefusedAndNotTriedAgain() {
        AuthenticationException failure = routes.failure(
                uri.replace("maxRetries=0", "maxRetries=3"), "a cat", Map.of(), AuthenticationException.class);

        assertThat(failure)
                .hasMessageContaining("The certificate of localhost is not trusted: ")
                .hasMessageContaining("PKIX path building failed")
                .hasMessageContaining("sslContextParameters");
        assertThat(failure.getAttempts()).isEqualTo(1);
        assertThat(failure.getModel()).isEqualTo("gemini-3.1-flash-image");
    }

    @Test
    void unknownCertificateOfTheFilesApiIsNotTriedAgain() {
        AuthenticationException failure = routes.failure(
                "gemini-image:edit?prompt=brighter&referenceUpload=FILES&maxRetries=3&baseUrl=" + gateway.url(),
                Pictures.draw("png", 30, 20),
                Map.of(),
                AuthenticationException.class);

        assertThat(failure).hasMessageContaining("The certificate of localhost is not trusted");
        assertThat(failure.getAttempts()).isEqualTo(1);
    }

    @Test
    void certificateOfTheEndpointIsTrusted() {
        routes.context().getRegistry().bind("gateway", gateway.trust());
        Exchange exchange = routes.send(uri + "&sslContextParameters=#gateway", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.WIDTH)).isEqualTo(30);
    }

    @Test
    void largePicturesComeAsTheyWereSent() {
        routes.context().getRegistry().bind("gateway", gateway.trust());
        Exchange exchange = routes.send(uri + "/large&sslContextParameters=#gateway&spoolThreshold=5000000", "a cat");

        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(large);
    }

    @Test
    void certificateOfTheContextIsTrustedWhenTheComponentIsToldTo() {
        routes.context().setSSLContextParameters(gateway.trust());
        routes.component().setUseGlobalSslContextParameters(true);

        assertThat(routes.send(uri, "a cat").getException()).isNull();
    }

    @Test
    void pictureOfAnUnknownCertificateIsNotFetched() {
        ReferenceImageException failure = routes.failure(
                "gemini-image:edit?prompt=brighter&referenceImages=" + references + "/cat.png",
                null,
                Map.of(),
                ReferenceImageException.class);

        assertThat(failure)
                .hasMessageContaining("/cat.png cannot be fetched")
                .hasMessageContaining("SSLHandshakeException");
    }

    @Test
    void pictureIsFetchedWithTheTrustOfTheEndpointButNotWithItsClientCertificate() {
        SSLContextParameters parameters = gateway.trust();
        parameters.setKeyManagers(gateway.clientCertificate());
        routes.context().getRegistry().bind("gateway", parameters);
        String edit = "gemini-image:edit?prompt=brighter&sslContextParameters=#gateway&referenceImages=" + references;

        assertThat(routes.send(edit + "/cat.png", null).getException()).isNull();
        assertThat(clientKnown).isFalse();
        assertThat(routes.failure(edit + "/down", null, Map.of(), ReferenceImageException.class))
                .hasMessageContaining("a redirect from https to http://localhost/cat.png, which is not followed");
    }
}

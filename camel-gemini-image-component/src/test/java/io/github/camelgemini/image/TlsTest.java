package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.camel.Exchange;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose certificate only the route author knows. */
class TlsTest {

    private static final String PASSWORD = "changeit";

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path folder;

    private Path keyStore;
    private HttpsServer gateway;
    private String uri;
    private String references;
    private final AtomicBoolean clientKnown = new AtomicBoolean();

    @BeforeEach
    void startGateway() throws Exception {
        keyStore = folder.resolve("gateway.p12");
        run(
                "-genkeypair -alias gateway -keyalg RSA -dname CN=localhost -ext san=dns:localhost -validity 2 -storetype PKCS12"
                        + " -keystore " + keyStore + " -storepass " + PASSWORD);
        gateway = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
        gateway.setHttpsConfigurator(new HttpsConfigurator(serverContext()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setWantClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        byte[] answer =
                ("{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""
                                + Base64.getEncoder().encodeToString(Pictures.draw("png", 30, 20))
                                + "\"}}]},\"finishReason\":\"STOP\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
        gateway.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        byte[] picture = Pictures.draw("png", 3, 2);
        gateway.createContext("/cat.png", exchange -> {
            clientKnown.set(hasPeer(((HttpsExchange) exchange).getSSLSession()));
            exchange.sendResponseHeaders(200, picture.length);
            exchange.getResponseBody().write(picture);
            exchange.close();
        });
        gateway.createContext("/down", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://localhost/cat.png");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        gateway.start();
        references = "https://localhost:" + gateway.getAddress().getPort();
        uri = "gemini-image:generate?maxRetries=0&baseUrl=https://localhost:"
                + gateway.getAddress().getPort();
    }

    private static boolean hasPeer(SSLSession session) {
        try {
            return session.getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private static void run(String arguments) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder((keytool + " " + arguments).split(" "))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private SSLContext serverContext() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private SSLContextParameters trustInTheGateway() {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource(keyStore.toString());
        store.setPassword(PASSWORD);
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    @AfterEach
    void stopGateway() {
        gateway.stop(0);
    }

    @Test
    void unknownCertificateIsRefused() {
        ServiceUnavailableException failure = routes.failure(uri, "a cat", Map.of(), ServiceUnavailableException.class);

        assertThat(failure).hasMessageContaining("SSLHandshakeException");
    }

    @Test
    void certificateOfTheEndpointIsTrusted() {
        routes.context().getRegistry().bind("gateway", trustInTheGateway());
        Exchange exchange = routes.send(uri + "&sslContextParameters=#gateway", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GeminiImageHeaders.WIDTH)).isEqualTo(30);
    }

    @Test
    void certificateOfTheContextIsTrustedWhenTheComponentIsToldTo() {
        routes.context().setSSLContextParameters(trustInTheGateway());
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
        SSLContextParameters parameters = trustInTheGateway();
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(parameters.getTrustManagers().getKeyStore());
        keys.setKeyPassword(PASSWORD);
        parameters.setKeyManagers(keys);
        routes.context().getRegistry().bind("gateway", parameters);
        String edit = "gemini-image:edit?prompt=brighter&sslContextParameters=#gateway&referenceImages=" + references;

        assertThat(routes.send(edit + "/cat.png", null).getException()).isNull();
        assertThat(clientKnown).isFalse();
        assertThat(routes.failure(edit + "/down", null, Map.of(), ReferenceImageException.class))
                .hasMessageContaining("a redirect from https to http://localhost/cat.png, which is not followed");
    }
}

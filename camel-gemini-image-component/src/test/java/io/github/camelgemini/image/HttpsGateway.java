package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** An HTTPS server on localhost with a certificate by an unknown authority. Requests client certificates. */
final class HttpsGateway implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final Path keyStore;
    private final Path trustStore;
    private final HttpsServer server;

    /**
     * @param folder an empty one
     * @param name the host in the certificate
     * @param validity as {@code keytool} takes it
     */
    HttpsGateway(Path folder, String name, String... validity) throws Exception {
        keyStore = folder.resolve("gateway.p12");
        trustStore = folder.resolve("trust.p12");
        Path authority = folder.resolve("authority.p12");
        Path request = folder.resolve("gateway.csr");
        Path certificate = folder.resolve("gateway.pem");
        keytool(
                authority,
                "-genkeypair",
                "-alias",
                "authority",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=Tests",
                "-ext",
                "bc:c");
        keytool(keyStore, "-genkeypair", "-alias", "gateway", "-keyalg", "RSA", "-dname", "CN=" + name);
        keytool(keyStore, "-certreq", "-alias", "gateway", "-file", request);
        List<Object> sign = new ArrayList<>(List.of("-gencert", "-alias", "authority", "-ext", "san=dns:" + name));
        sign.addAll(List.of("-infile", request, "-outfile", certificate, "-rfc"));
        sign.addAll(List.of(validity));
        keytool(authority, sign.toArray());
        Certificate root = load(authority).getCertificate("authority");
        KeyStore trust = load(null);
        trust.setCertificateEntry("authority", root);
        store(trust, trustStore);
        KeyStore keys = load(keyStore);
        try (InputStream in = Files.newInputStream(certificate)) {
            Certificate signed = CertificateFactory.getInstance("X.509").generateCertificate(in);
            keys.setKeyEntry(
                    "gateway",
                    keys.getKey("gateway", PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    new Certificate[] {signed, root});
        }
        store(keys, keyStore);
        server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serverContext()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setWantClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        server.start();
    }

    private static void keytool(Path store, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** The key store of a file, or a new one. */
    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = file == null ? null : Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void store(KeyStore store, Path file) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    private SSLContext serverContext() throws GeneralSecurityException, IOException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(load(keyStore), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Without a slash at the end. */
    String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    void page(String path, HttpHandler page) {
        server.createContext(path, page);
    }

    /** The settings for a client that trusts the authority. */
    SSLContextParameters trust() {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(parameters(trustStore));
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    /** A certificate for a client. */
    KeyManagersParameters clientCertificate() {
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(parameters(keyStore));
        keys.setKeyPassword(PASSWORD);
        return keys;
    }

    private static KeyStoreParameters parameters(Path file) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource(file.toString());
        store.setPassword(PASSWORD);
        return store;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

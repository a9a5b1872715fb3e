package io.github.camelgemini.endpoints;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;

/** No server, but who asks the route for a picture. */
final class Browser implements Receiver {

    private final int port = WebReceiver.freePort();
    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public Map<String, String> properties() {
        return Map.of("camel.server.enabled", "true", "camel.server.port", String.valueOf(port));
    }

    @Override
    public Optional<Received> take() throws IOException, InterruptedException {
        try {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/draw"))
                            .POST(BodyPublishers.ofString(Sender.PROMPT))
                            .build(),
                    BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                return Optional.empty();
            }
            return Optional.of(Received.of(
                    answer.body(), answer.headers().firstValue("Content-Type").orElse(null)));
        } catch (IOException brokenOff) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {}
}

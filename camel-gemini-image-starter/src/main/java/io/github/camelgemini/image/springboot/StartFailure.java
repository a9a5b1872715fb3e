package io.github.camelgemini.image.springboot;

import static java.util.stream.Collectors.joining;

import io.github.camelgemini.image.error.GeminiImageException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.FailedToStartRouteException;

/** What failure analyzers say about an endpoint that could not start. */
final class StartFailure {

    /** The options that decide which account pays. Some of them exclude others. */
    static final List<String> CREDENTIALS = List.of("apiKey", "vertexAi", "project", "location", "serviceAccountKey");

    private static final String WAYS_TO_AUTHENTICATE =
            """
            Choose one way to authenticate:
                - Gemini Developer API: camel.component.gemini-image.api-key, or the environment variable GOOGLE_API_KEY or \
            GEMINI_API_KEY
                - Vertex AI with the application default credentials: camel.component.gemini-image.project (and location)
                - Vertex AI with a service account: project and camel.component.gemini-image.service-account-key, a \
            resource such as file:/run/secrets/key.json
                - Vertex AI in express mode: api-key and camel.component.gemini-image.vertex-ai=true
                - another service, by camel.component.gemini-image.service: api-key, or the environment variable of that \
            service
                - no service, with the emulator: camel-gemini-image-emulator on the class path, and \
            camel.component.gemini-image.emulator.enabled=true
            Options in an endpoint URI take precedence over these properties.""";

    private static final String CORRECT_OPTION =
            "Correct the option, as property camel.component.gemini-image.* or in the URI of the endpoint.";

    private StartFailure() {}

    static String description(Throwable rootFailure, GeminiImageException cause) {
        return Stream.iterate(rootFailure, Throwable::getCause)
                        .takeWhile(failure -> failure != cause)
                        .filter(FailedToStartRouteException.class::isInstance)
                        .map(failure -> "The route '" + ((FailedToStartRouteException) failure).getRouteId() + "'")
                        .findFirst()
                        .orElse("An endpoint of gemini-image")
                + " cannot start: "
                + cause.getMessage();
    }

    static String action(List<String> writtenProperties, boolean authentication) {
        String written = writtenProperties.isEmpty() ? "" : "Written as properties:\n";
        String lines =
                writtenProperties.stream().map(line -> "    - " + line + "\n").collect(joining());
        return written + lines + (authentication ? WAYS_TO_AUTHENTICATE : CORRECT_OPTION);
    }
}

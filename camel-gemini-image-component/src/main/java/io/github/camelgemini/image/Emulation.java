package io.github.camelgemini.image;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where the calls of a component go instead of where the options of its endpoints lead.
 *
 * @param baseUrl of the emulator
 * @param unusedCredentials told what a producer would have called Google with
 */
record Emulation(String baseUrl, Consumer<List<String>> unusedCredentials) {

    /** Before a producer calls the emulator. Tells names of options, never values. */
    void check(GeminiImageEndpoint endpoint) {
        GeminiImageConfiguration options = endpoint.getConfiguration();
        List<String> credentials = new ArrayList<>();
        if (options.getBackend() != null) {
            return;
        }
        if (ConnectionReader.usesClient(options)) {
            credentials.add("client");
        }
        if (ConnectionReader.isDefined(options.getApiKey())) {
            credentials.add("apiKey");
        }
        if (ConnectionReader.isDefined(options.getProject())) {
            credentials.add("project");
        }
        if (ConnectionReader.isDefined(options.getServiceAccountKey())) {
            credentials.add("serviceAccountKey");
        }
        if (!credentials.isEmpty()) {
            unusedCredentials.accept(credentials.stream()
                    .map(option -> option + " of " + endpoint)
                    .toList());
        }
    }
}

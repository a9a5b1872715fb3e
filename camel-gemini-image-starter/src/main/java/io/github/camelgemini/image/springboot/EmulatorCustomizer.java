package io.github.camelgemini.image.springboot;

import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.core.Ordered;

/**
 * Sends the calls of every component of gemini-image to the emulator, also of those that are beans, after all other
 * customizers. No credential goes along.
 */
final class EmulatorCustomizer implements ComponentCustomizer {

    private static final String ANY_KEY = "emulator";

    private final String baseUrl;
    private final boolean ignoreCredentials;

    EmulatorCustomizer(String baseUrl, boolean ignoreCredentials) {
        this.baseUrl = baseUrl;
        this.ignoreCredentials = ignoreCredentials;
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return target instanceof GeminiImageComponent;
    }

    @Override
    public void configure(String name, Component target) {
        GeminiImageComponent component = (GeminiImageComponent) target;
        // A copy, since it may be a bean of the application.
        GeminiImageConfiguration options = component.getConfiguration().copy();
        List<String> credentials = credentials(options);
        if (!credentials.isEmpty() && !ignoreCredentials) {
            throw EmulatorFailure.credentials(credentials.stream()
                    .map(option -> option + " of the component " + name)
                    .toList());
        }
        boolean vertex = Boolean.TRUE.equals(options.getVertexAi())
                || options.getProject() != null
                || options.getLocation() != null
                || options.getServiceAccountKey() != null;
        // Express mode: Vertex AI with nothing but a key.
        options.setVertexAi(vertex ? true : null);
        options.setProject(null);
        options.setLocation(null);
        options.setServiceAccountKey(null);
        options.setApiKey(ANY_KEY);
        options.setBaseUrl(baseUrl);
        options.setBackend(null);
        options.setProxyHost(null);
        options.setProxyPort(null);
        component.setConfiguration(options);
    }

    private static List<String> credentials(GeminiImageConfiguration options) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("apiKey", options.getApiKey());
        values.put("project", options.getProject());
        values.put("serviceAccountKey", options.getServiceAccountKey());
        values.values().removeIf(value -> !WrittenProperties.isDefined(value));
        return List.copyOf(values.keySet());
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}

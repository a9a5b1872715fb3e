package io.github.camelgemini.image.springboot;

import java.util.List;
import java.util.Locale;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Keeps keys out of what Actuator shows, in {@code /actuator/env} and {@code /actuator/configprops}. Since Boot 3 it hides
 * all values or, with {@code show-values}, none.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public class GeminiImageActuatorAutoConfiguration {

    private static final String PREFIX = folded(GeminiImageComponentConfiguration.PREFIX);
    private static final List<String> SECRETS = List.of("apikey", "serviceaccountkey", "additionalheader");

    @Bean
    SanitizingFunction geminiImageSecrets() {
        return data -> isSecret(data) ? data.withSanitizedValue() : data;
    }

    private static boolean isSecret(SanitizableData data) {
        String key = folded(data.getKey());
        if (!key.startsWith(PREFIX) || key.endsWith("apikeyplacement")) {
            return false;
        }
        // The rest may also be nested, as in configuration.apiKey.
        String option = key.substring(PREFIX.length());
        return SECRETS.stream().anyMatch(option::contains);
    }

    /** The same for api-key, apiKey, and CAMEL_COMPONENT_GEMINIIMAGE_APIKEY. */
    private static String folded(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}

package io.github.camelgemini.image.springboot;

import java.beans.PropertyDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Hides keys in Actuator's {@code /actuator/env} and {@code /actuator/configprops}. Since Boot 3, Actuator itself hides
 * all values or, with {@code show-values}, none.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public class GeminiImageActuatorAutoConfiguration {

    private static final String PREFIX = folded(GeminiImageComponentConfiguration.PREFIX);
    private static final List<String> SECRETS = GeminiImageComponentConfiguration.SECRETS.stream()
            .map(GeminiImageActuatorAutoConfiguration::folded)
            .toList();
    /** Options such as apiKeyPlacement, whose names contain that of a secret. */
    private static final List<String> SHOWN = Stream.of(
                    BeanUtils.getPropertyDescriptors(GeminiImageComponentConfiguration.class))
            .map(PropertyDescriptor::getName)
            .filter(name -> !GeminiImageComponentConfiguration.SECRETS.contains(name))
            .map(GeminiImageActuatorAutoConfiguration::folded)
            .filter(GeminiImageActuatorAutoConfiguration::namesSecret)
            .toList();

    @Bean
    SanitizingFunction geminiImageSecrets() {
        return data -> isSecret(data) ? data.withSanitizedValue() : data;
    }

    private static boolean isSecret(SanitizableData data) {
        String key = folded(data.getKey());
        if (!key.startsWith(PREFIX)) {
            return false;
        }
        String option = key.substring(PREFIX.length());
        for (String shown : SHOWN) {
            if (option.endsWith(shown)) {
                option = option.substring(0, option.length() - shown.length());
            }
        }
        // The remaining name may be nested, as in configuration.apiKey, or have a suffix, as in additionalHeader.X-Key.
        return namesSecret(option);
    }

    private static boolean namesSecret(String option) {
        return SECRETS.stream().anyMatch(option::contains);
    }

    /** Gives the same text for api-key, apiKey, and CAMEL_COMPONENT_GEMINIIMAGE_APIKEY. */
    private static String folded(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}

package io.github.camelgemini.image.springboot;

import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.image.GeminiImageComponent;
import java.util.List;
import org.apache.camel.spi.ComponentCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Runs an emulator with the application, and sends all calls of the component to it. Does not depend on {@code
 * camel.component.gemini-image.enabled}, so that calls meant for the emulator never cost money.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(GeminiImageEmulatorProperties.PREFIX + ".enabled")
@EnableConfigurationProperties(GeminiImageEmulatorProperties.class)
public class GeminiImageEmulatorAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(GeminiImageEmulatorAutoConfiguration.class);

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.github.camelgemini.emulator.GeminiEmulator")
    static class Emulated {

        @Bean(destroyMethod = "close")
        @ConditionalOnMissingBean
        GeminiEmulator geminiEmulator(GeminiImageEmulatorProperties properties, Environment environment) {
            List<String> credentials = new WrittenProperties(environment).linesOfCredentials();
            if (!credentials.isEmpty() && !properties.isIgnoreCredentials()) {
                throw EmulatorFailure.credentials(credentials);
            }
            GeminiEmulator emulator = start(properties.getPort());
            LOG.info(
                    "gemini-image uses the emulator at {}. All images are placeholders and cost nothing",
                    emulator.baseUrl());
            return emulator;
        }

        private static GeminiEmulator start(int port) {
            try {
                return GeminiEmulator.builder().port(port).start();
            } catch (IllegalStateException | IllegalArgumentException e) {
                throw EmulatorFailure.port(port, e);
            }
        }

        /** Also applies to components that are beans. */
        @Bean
        ComponentCustomizer useGeminiEmulator(GeminiEmulator emulator, GeminiImageEmulatorProperties properties) {
            return ComponentCustomizer.forType(
                    GeminiImageComponent.class,
                    component -> component.useEmulator(emulator.baseUrl(), credentials -> {
                        if (!properties.isIgnoreCredentials()) {
                            throw EmulatorFailure.credentials(credentials);
                        }
                    }));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("io.github.camelgemini.emulator.GeminiEmulator")
    static class NotOnClassPath {

        NotOnClassPath() {
            throw EmulatorFailure.notOnClassPath();
        }
    }
}

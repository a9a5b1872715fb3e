package io.github.camelgemini.image.springboot.test;

import java.util.List;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link AutoConfigureGeminiEmulator} on a test class, its superclasses and its enclosing classes. */
final class EmulatorPropertiesFactory implements ContextCustomizerFactory {

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configuration) {
        AutoConfigureGeminiEmulator emulator =
                TestContextAnnotationUtils.findMergedAnnotation(testClass, AutoConfigureGeminiEmulator.class);
        return emulator == null
                ? null
                : new EmulatorProperties(emulator.enabled(), emulator.ignoreCredentials(), emulator.port());
    }
}

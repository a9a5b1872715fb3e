package io.github.camelgemini.image.springboot;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Finds out which properties of the component an application sets, and where. Does not give their values, since some
 * are keys.
 */
final class WrittenProperties {

    /** Properties with which calls cost money. */
    private static final List<String> CREDENTIALS = List.of("apiKey", "serviceAccountKey", "project");

    private final Environment environment;

    WrittenProperties(Environment environment) {
        this.environment = environment;
    }

    /** The options that an error message names, as they are written in a URI. */
    static List<String> optionsNamedIn(String message) {
        Set<String> words = new HashSet<>(Arrays.asList(message.split("\\W+")));
        return Stream.of(BeanUtils.getPropertyDescriptors(GeminiImageComponentConfiguration.class))
                .map(PropertyDescriptor::getName)
                .filter(words::contains)
                .toList();
    }

    /** For each option that is set as a property: a line with its name and its origin. */
    List<String> linesOf(List<String> options) {
        return options.stream()
                .map(WrittenProperties::propertyOf)
                .map(this::find)
                .filter(Objects::nonNull)
                .map(found -> found.getName() + " (" + found.getOrigin() + ")")
                .toList();
    }

    /** A line for each place with credentials of a service. */
    List<String> linesOfCredentials() {
        List<String> lines = new ArrayList<>(linesOf(
                CREDENTIALS.stream().filter(option -> isDefined(value(option))).toList()));
        new ServiceFiles(getClass().getClassLoader())
                .keyVariables().stream()
                        .filter(variable -> isDefined(environment.getProperty(variable)))
                        .map(variable -> "the environment variable " + variable)
                        .forEach(lines::add);
        return lines;
    }

    /** Whether there is a value. An unresolved placeholder such as {@code ${GEMINI_API_KEY}} is none. */
    private static boolean isDefined(String value) {
        return value != null && !value.isBlank() && !value.contains("${");
    }

    /** Not from the environment itself, which fails for an unresolved placeholder. */
    private String value(String option) {
        return Binder.get(environment).bind(propertyOf(option), String.class).orElse(null);
    }

    private static String propertyOf(String option) {
        return GeminiImageComponentConfiguration.PREFIX + "." + DataObjectPropertyName.toDashedForm(option);
    }

    private ConfigurationProperty find(String property) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .map(source -> source.getConfigurationProperty(name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}

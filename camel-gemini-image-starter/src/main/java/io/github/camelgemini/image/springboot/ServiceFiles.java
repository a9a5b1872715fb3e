package io.github.camelgemini.image.springboot;

import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.connection.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.BeanUtils;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

/** The files by which Camel finds classes by name: those of the component, and services in other jars. */
final class ServiceFiles {

    private static final String CAMEL = "META-INF/services/org/apache/camel/";
    private static final String OURS = "io.github.camelgemini.";

    private final ClassLoader classLoader;

    ServiceFiles(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    /** The classes that Camel finds by name: component, configurers, converters, transformers, services. */
    Set<String> classes() {
        Set<String> classes = new TreeSet<>(services());
        for (String files : List.of("*/gemini-image*", "TypeConverterLoader")) {
            named(CAMEL + files).stream().filter(name -> name.startsWith(OURS)).forEach(classes::add);
        }
        return classes;
    }

    /** The environment variables for keys of all services on the class path. */
    Set<String> keyVariables() {
        return services().stream()
                .map(name -> ClassUtils.resolveClassName(name, classLoader))
                .map(type -> ((ImageService) BeanUtils.instantiateClass(type)).traits())
                .flatMap(List::stream)
                .map(ServiceTraits::keyVariables)
                .flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> services() {
        return named(Services.FOLDER + "*");
    }

    /** The classes in files, each in a line {@code class=…} or alone in a line. */
    private Set<String> named(String files) {
        Set<String> classes = new TreeSet<>();
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver(classLoader).getResources("classpath*:" + files)) {
                file.getContentAsString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.replaceFirst("^class=", "").strip())
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .forEach(classes::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }
}

package io.github.camelgemini.image.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.connection.Services;
import io.github.camelgemini.image.result.GeneratedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.spring.boot.aot.CamelRuntimeHints;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** A native image would have what the component and the emulator look up by name. */
class RuntimeHintsTest {

    private static final RuntimeHints HINTS = new RuntimeHints();

    @BeforeAll
    static void register() {
        ClassLoader loader = RuntimeHintsTest.class.getClassLoader();
        new CamelRuntimeHints().registerHints(HINTS, loader);
        List<RuntimeHintsRegistrar> registrars = SpringFactoriesLoader.forResourceLocation(
                        "META-INF/spring/aot.factories", loader)
                .load(RuntimeHintsRegistrar.class);
        assertThat(registrars).hasAtLeastOneElementOfType(GeminiImageRuntimeHints.class);
        registrars.forEach(registrar -> registrar.registerHints(HINTS, loader));
    }

    @Test
    void resourcesOfTheComponentAreThere() {
        assertThat(resources(GeminiImageComponent.class))
                .contains("io/github/camelgemini/image/model/models.json")
                .allSatisfy(RuntimeHintsTest::isThere);
    }

    @Test
    void resourcesOfTheEmulatorAreThere() {
        assertThat(resources(GeminiEmulator.class))
                .contains("io/github/camelgemini/emulator/model/models.json")
                .allSatisfy(RuntimeHintsTest::isThere);
    }

    private static void isThere(String resource) {
        assertThat(RuntimeHintsPredicates.resource().forResource(resource).test(HINTS))
                .as(resource)
                .isTrue();
    }

    @Test
    void classesThatServiceFilesNameCanBeMade() {
        List<String> classes = resources(GeminiImageComponent.class).stream()
                .filter(resource -> resource.startsWith("META-INF/services/"))
                .flatMap(RuntimeHintsTest::lines)
                .map(line -> line.replaceFirst("^class=", ""))
                .filter(line -> line.startsWith("io.github.camelgemini."))
                .toList();

        assertThat(classes)
                .contains(
                        "io.github.camelgemini.image.GeminiImageComponent",
                        "io.github.camelgemini.image.backend.google.GoogleService",
                        "io.github.camelgemini.image.payload.PayloadConverterLoader")
                .allSatisfy(name -> assertThat(RuntimeHintsPredicates.reflection()
                                .onType(TypeReference.of(name))
                                .withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS)
                                .test(HINTS))
                        .as(name)
                        .isTrue());
    }

    @Test
    void expressionsOfRoutesReadAPicture() {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(GeneratedImage.class)
                        .withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)
                        .test(HINTS))
                .isTrue();
    }

    @Test
    void googlesSdkTellsAboutItself() {
        assertThat(Client.class.getResource("/META-INF/native-image/com.google.genai/google-genai/reflect-config.json"))
                .isNotNull();
    }

    private static Stream<String> lines(String resource) {
        try {
            return Files.readString(root(GeminiImageComponent.class).resolve(resource))
                    .lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files of a module that are no classes, by their names on the class path. */
    private static List<String> resources(Class<?> ofModule) {
        Path root = root(ofModule);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.endsWith(".class"))
                    .filter(name -> name.startsWith("META-INF/services/org/apache/camel/")
                            || name.startsWith(Services.FOLDER)
                            || name.startsWith("io/")
                            || name.startsWith("META-INF/io/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of a module's classes or, where Maven made one already, the inside of its jar. */
    private static Path root(Class<?> ofModule) {
        try {
            URI place =
                    ofModule.getProtectionDomain().getCodeSource().getLocation().toURI();
            Path path = Path.of(place);
            if (Files.isDirectory(path)) {
                return path;
            }
            return jar(URI.create("jar:" + place)).getPath("/");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static FileSystem jar(URI jar) throws IOException {
        try {
            return FileSystems.newFileSystem(jar, Map.of());
        } catch (FileSystemAlreadyExistsException e) {
            return FileSystems.getFileSystem(jar);
        }
    }
}

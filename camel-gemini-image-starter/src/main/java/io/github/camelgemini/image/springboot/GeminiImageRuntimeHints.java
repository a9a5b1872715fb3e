package io.github.camelgemini.image.springboot;

import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import io.github.camelgemini.image.GeminiImageEndpoint;
import io.github.camelgemini.image.connection.Services;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import java.util.List;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * What a native image needs of the component and, where it is there, of the emulator. Google's SDK tells of its own types,
 * Camel's starter of the files of services. It also reads the classes that these name, but gives up where a folder is on
 * the class path instead of a jar (4.18.0).
 */
final class GeminiImageRuntimeHints implements RuntimeHintsRegistrar {

    /** What Camel sets by reflection where the generated configurers do not reach, and what expressions of routes read. */
    private static final List<Class<?>> BEANS = List.of(
            GeminiImageComponent.class,
            GeminiImageConfiguration.class,
            GeminiImageEndpoint.class,
            GeneratedImage.class,
            ImageResult.class,
            ImageInfo.class,
            Usage.class,
            GeminiImageException.class);

    @Override
    public void registerHints(RuntimeHints hints, ClassLoader classLoader) {
        hints.resources()
                .registerPattern("io/github/camelgemini/image/model/*.json")
                .registerPattern("META-INF/io/github/camelgemini/image/*.json")
                .registerPattern(Services.FOLDER + "*")
                .registerPatternIfPresent(
                        classLoader,
                        "io/github/camelgemini/emulator/",
                        emulator -> emulator.includes(
                                "io/github/camelgemini/emulator/*.html",
                                "io/github/camelgemini/emulator/inferencesh/*",
                                "io/github/camelgemini/emulator/model/*",
                                "io/github/camelgemini/emulator/picture/*",
                                "io/github/camelgemini/emulator/schema/*"));
        new ServiceFiles(classLoader).classes().forEach(service -> hints.reflection()
                .registerType(TypeReference.of(service), MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS));
        BEANS.forEach(type -> hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS));
    }
}

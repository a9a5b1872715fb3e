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
 * The hints that a native image needs for the component and, if present, the emulator. Google's SDK has hints for its
 * own types, and Camel's starter for the files of services. Camel's starter also reads the classes that these files
 * name, but fails if a folder instead of a jar is on the class path (4.18.0).
 */
final class GeminiImageRuntimeHints implements RuntimeHintsRegistrar {

    /**
     * Classes whose properties Camel sets by reflection without a generated configurer, and classes that expressions of
     * routes read.
     */
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

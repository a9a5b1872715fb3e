package io.github.camelgemini.image.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor;

/** An application that Spring prepares at build time; what it is told then is said again where it runs. */
class AheadOfTimeTest {

    private static final String[] ARGUMENTS = {
        "--camel.component.gemini-image.emulator.enabled=true", "--camel.component.gemini-image.aspect-ratio=16:9"
    };

    @TempDir
    static Path folder;

    private static Path classes;

    @BeforeAll
    static void process() throws Exception {
        classes = Files.createDirectory(folder.resolve("classes"));
        Path sources = folder.resolve("sources");
        new SpringApplicationAotProcessor(
                        PosterMain.class,
                        AbstractAotProcessor.Settings.builder()
                                .sourceOutput(sources)
                                .resourceOutput(classes)
                                .classOutput(classes)
                                .groupId("io.github.camelgemini")
                                .artifactId("poster")
                                .build(),
                        ARGUMENTS)
                .process();
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> generated = files.map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .toList();
            assertThat(ToolProvider.getSystemJavaCompiler()
                            .run(
                                    null,
                                    null,
                                    null,
                                    Stream.concat(
                                                    Stream.of(
                                                            "-nowarn",
                                                            "-proc:none",
                                                            "-cp",
                                                            classPath(),
                                                            "-d",
                                                            classes.toString()),
                                                    generated.stream())
                                            .toArray(String[]::new)))
                    .as("status of the compiler")
                    .isZero();
        }
    }

    @Test
    void drawsAPicture() throws Exception {
        Path output = folder.resolve("output.txt");
        Process application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dspring.aot.enabled=true",
                        "-Djava.awt.headless=true",
                        "-cp",
                        classes + File.pathSeparator + classPath(),
                        PosterMain.class.getName(),
                        ARGUMENTS[0],
                        ARGUMENTS[1])
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(application.waitFor()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output))
                .contains("Starting AOT-processed PosterMain", "All images are placeholders and cost nothing", "Drew ");
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}

package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.docs.routes.ServiceRoute;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageHeaders;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the page Services, in its own jar beside the component. */
class OwnServiceTest {

    private static final String PACKAGE = "io/github/camelgemini/docs/sketch/";
    private static final String SERVICE_FILE = "META-INF/services/io/github/camelgemini/image/service/sketch";

    @TempDir
    private Path folder;

    private URLClassLoader application;
    private DefaultCamelContext context;
    private ProducerTemplate template;

    @BeforeEach
    void startWithTheJar() throws Exception {
        Path jar = folder.resolve("sketch-service.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            add(
                    out,
                    SERVICE_FILE,
                    "class=io.github.camelgemini.docs.sketch.SketchService\n".getBytes(StandardCharsets.UTF_8));
            for (String type : List.of("SketchService", "SketchBackend")) {
                String file = PACKAGE + type + ".class";
                try (InputStream compiled = getClass().getResourceAsStream("/" + file)) {
                    add(out, file, compiled.readAllBytes());
                }
            }
        }
        application = new FromTheJarFirst(jar, getClass().getClassLoader());
        context = new DefaultCamelContext();
        context.setApplicationContextClassLoader(application);
        context.getComponent("gemini-image", GeminiImageComponent.class)
                .getConfiguration()
                .setSpoolDirectory(folder.resolve("spool").toString());
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() throws IOException {
        context.stop();
        application.close();
    }

    private static void add(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }

    /** Loads the classes in the jar from nowhere else. */
    private static final class FromTheJarFirst extends URLClassLoader {

        FromTheJarFirst(Path jar, ClassLoader parent) throws IOException {
            super(new URL[] {jar.toUri().toURL()}, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PACKAGE.replace('/', '.'))) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    private Exchange send(String options, Map<String, Object> headers) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("A harbour");
        exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        return template.send("gemini-image:generate?service=sketch" + options, exchange);
    }

    @Test
    void drawsByItsName() throws Exception {
        context.addRoutes(new ServiceRoute());

        Object picture = template.requestBody("direct:sketch", "A harbour");

        InputStream bytes = context.getTypeConverter().mandatoryConvertTo(InputStream.class, picture);
        assertThat(ImageIO.read(bytes).getHeight()).isEqualTo(180);
    }

    @Test
    void keepsPicturesWhereTheComponentKeepsThem() throws IOException {
        Exchange exchange = send("&spoolThreshold=0", Map.of());

        assertThat(exchange.getException()).isNull();
        try (Stream<Path> files = Files.walk(folder.resolve("spool"))) {
            assertThat(files.filter(Files::isRegularFile).anyMatch(file -> sizeOf(file) > 100))
                    .isTrue();
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void drawsOnTheThreadsAndWithinTheLimitsOfTheComponent() throws Exception {
        List<CompletableFuture<Exchange>> calls = IntStream.range(0, 6)
                .mapToObj(i -> template.asyncSend(
                        "gemini-image:generate?service=sketch&maxConcurrentRequests=1&maxQueued=10",
                        exchange -> exchange.getMessage().setBody("A harbour")))
                .toList();

        for (CompletableFuture<Exchange> call : calls) {
            assertThat(call.get().getException()).isNull();
            assertThat(call.get().getMessage().getHeader(GeminiImageHeaders.ATTEMPTS))
                    .isEqualTo(1);
        }
        Exchange refused = send("&requestsPerMinute=1&maxQueued=0", Map.of());
        Exchange second = send("&requestsPerMinute=1&maxQueued=0", Map.of());
        assertThat(refused.getException()).isNull();
        assertThat(second.getException()).hasMessageContaining("maxQueued");
    }

    @Test
    void refusesWhatItDoesNotTakeAndNamesWhoDoes() {
        Exchange exchange = send("", Map.of(GeminiImageHeaders.TEMPERATURE, 0.5));

        assertThat(exchange.getException())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("temperature is not supported by Sketch; services that support it: google");
    }

    @Test
    void refusesAnOperationThatItDoesNotHaveWhenTheRouteStarts() {
        assertThatThrownBy(() -> template.sendBody("gemini-image:countTokens?service=sketch", "A harbour"))
                .rootCause()
                .hasMessage("Sketch does not support gemini-image:countTokens; services that support it: google");
    }
}

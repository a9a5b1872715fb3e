package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.GeminiEmulator;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Micrometer, OpenTelemetry and camel-telemetry are optional: an application without them draws all the same. */
@Timeout(120)
class WithoutMetersTest {

    @Test
    void drawsWithoutTheOptionalLibraries() throws Exception {
        try (GeminiEmulator emulator = GeminiEmulator.builder().start();
                OtherJvm jvm = OtherJvm.startWithout(
                        "micrometer|opentelemetry|camel-telemetry|prometheus",
                        List.of(),
                        WithoutMetersTest.class,
                        emulator.baseUrl())) {
            assertThat(jvm.lineWith("Drawn: ")).isEqualTo("Drawn: image/jpeg, 1 operations, 0 optional classes");
        }
    }

    public static void main(String[] args) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            GeminiImageComponent component = context.getComponent("gemini-image", GeminiImageComponent.class);
            component.getConfiguration().setBaseUrl(args[0]);
            component.getConfiguration().setApiKey("any-key");
            context.start();
            Object type = context.createProducerTemplate()
                    .request("gemini-image:generate", exchange -> exchange.getMessage()
                            .setBody("a cat"))
                    .getMessage()
                    .getHeader("Content-Type");
            System.out.println("Drawn: " + type + ", " + component.getOperations() + " operations, " + optionalClasses()
                    + " optional classes");
        }
    }

    private static long optionalClasses() {
        return List.of(
                        "io.micrometer.core.instrument.MeterRegistry",
                        "io.opentelemetry.api.trace.Span",
                        "org.apache.camel.telemetry.SpanDecorator")
                .stream()
                .filter(name -> {
                    try {
                        return Class.forName(name) != null;
                    } catch (ClassNotFoundException e) {
                        return false;
                    }
                })
                .count();
    }
}

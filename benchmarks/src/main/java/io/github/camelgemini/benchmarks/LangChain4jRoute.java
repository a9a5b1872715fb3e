package io.github.camelgemini.benchmarks;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.googleai.GoogleAiGeminiImageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * LangChain4j's image model and {@link Files#write} in a processor. It supports one reference image, and no Vertex AI
 * here.
 */
final class LangChain4jRoute {

    private LangChain4jRoute() {}

    static PictureClient open(Setting setting) throws Exception {
        GoogleAiGeminiImageModel model = GoogleAiGeminiImageModel.builder()
                .baseUrl(setting.baseUrl() + "/v1beta")
                .apiKey(Setting.KEY)
                .modelName(Setting.MODEL)
                .timeout(Duration.ofMinutes(5))
                .maxRetries(0)
                .build();
        return RouteClient.start(new DefaultCamelContext(), () -> {}, new RouteBuilder() {
            @Override
            public void configure() {
                from(RouteClient.START).process(e -> {
                    String prompt = e.getMessage().getBody(String.class);
                    Image answer = setting.references().isEmpty()
                            ? model.generate(prompt).content()
                            : model.edit(image(setting.references().get(0)), prompt)
                                    .content();
                    byte[] picture = Base64.getDecoder().decode(answer.base64Data());
                    Files.write(e.getVariable(RouteClient.FILE, Path.class), picture);
                });
            }
        });
    }

    private static Image image(Path file) throws IOException {
        return Image.builder()
                .base64Data(Base64.getEncoder().encodeToString(Files.readAllBytes(file)))
                .mimeType("image/jpeg")
                .build();
    }
}

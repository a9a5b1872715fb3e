package io.github.camelgemini.benchmarks;

import com.google.genai.Client;
import com.google.genai.types.Blob;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Google's SDK and {@link Files#write} in a processor. */
final class SdkRoute {

    private static final GenerateContentConfig CONFIG =
            GenerateContentConfig.builder().responseModalities("IMAGE").build();

    private SdkRoute() {}

    /** With the SDK's synchronous client: as many concurrent calls as there are threads. */
    static PictureClient open(Setting setting) throws Exception {
        return open(setting, (client, content) -> client.models.generateContent(Setting.MODEL, content, CONFIG));
    }

    /** With its asynchronous client, which has 5 concurrent calls by default. */
    static PictureClient openAsync(Setting setting) throws Exception {
        return open(setting, (client, content) -> client.async
                .models
                .generateContent(Setting.MODEL, content, CONFIG)
                .join());
    }

    @FunctionalInterface
    private interface Call {
        GenerateContentResponse answer(Client client, Content content);
    }

    private static PictureClient open(Setting setting, Call call) throws Exception {
        Client client = Client.builder()
                .apiKey(Setting.KEY)
                .vertexAI(setting.vertexAi())
                .httpOptions(HttpOptions.builder().baseUrl(setting.baseUrl()).build())
                .build();
        return RouteClient.start(new DefaultCamelContext(), client, new RouteBuilder() {
            @Override
            public void configure() {
                from(RouteClient.START).process(e -> {
                    Content content = content(e.getMessage().getBody(String.class), setting.references());
                    byte[] picture = picture(call.answer(client, content));
                    Files.write(e.getVariable(RouteClient.FILE, Path.class), picture);
                });
            }
        });
    }

    private static Content content(String prompt, List<Path> references) throws IOException {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.fromText(prompt));
        for (Path reference : references) {
            parts.add(Part.fromBytes(Files.readAllBytes(reference), "image/jpeg"));
        }
        return Content.builder().role("user").parts(parts).build();
    }

    private static byte[] picture(GenerateContentResponse answer) {
        return answer.parts().stream()
                .flatMap(part -> part.inlineData().stream())
                .findFirst()
                .flatMap(Blob::data)
                .orElseThrow();
    }
}

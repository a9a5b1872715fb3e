package io.github.camelgemini.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Hand-written: {@code direct → http → file}, with Jackson's tree and Base64 in processors. */
final class HttpRoute {

    private HttpRoute() {}

    /** With the defaults of Jackson and of camel-http. */
    static PictureClient open(Setting setting) throws Exception {
        return open(setting, new ObjectMapper(), "");
    }

    /** With longer strings allowed in Jackson, and with more than 20 connections to one host in camel-http. */
    static PictureClient openWithRaisedLimits(Setting setting) throws Exception {
        JsonFactory json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
        int calls = setting.inFlight();
        return open(setting, new ObjectMapper(json), "?maxTotalConnections=" + calls + "&connectionsPerRoute=" + calls);
    }

    private static PictureClient open(Setting setting, ObjectMapper json, String options) throws Exception {
        String uri = setting.baseUrl() + setting.path() + options;
        return RouteClient.start(new DefaultCamelContext(), () -> {}, new RouteBuilder() {
            @Override
            public void configure() {
                from(RouteClient.START)
                        .process(e -> {
                            String prompt = e.getMessage().getBody(String.class);
                            JsonNode request = request(json, prompt, setting.references());
                            e.getMessage().setBody(json.writeValueAsBytes(request));
                        })
                        .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                        .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                        .setHeader("x-goog-api-key", constant(Setting.KEY))
                        .to(uri)
                        .process(e -> {
                            JsonNode answer = json.readTree(e.getMessage().getBody(InputStream.class));
                            e.getMessage().setBody(Base64.getDecoder().decode(picture(answer)));
                        })
                        .to("file:" + setting.directory() + "?fileName=${variable.fileName}");
            }
        });
    }

    private static JsonNode request(ObjectMapper json, String prompt, List<Path> references) throws IOException {
        ObjectNode request = json.createObjectNode();
        ArrayNode parts =
                request.putArray("contents").addObject().put("role", "user").putArray("parts");
        parts.addObject().put("text", prompt);
        for (Path reference : references) {
            parts.addObject()
                    .putObject("inlineData")
                    .put("mimeType", "image/jpeg")
                    .put("data", Base64.getEncoder().encodeToString(Files.readAllBytes(reference)));
        }
        request.putObject("generationConfig").putArray("responseModalities").add("IMAGE");
        return request;
    }

    private static String picture(JsonNode answer) {
        return answer.at("/candidates/0/content/parts").findValue("data").asText();
    }
}

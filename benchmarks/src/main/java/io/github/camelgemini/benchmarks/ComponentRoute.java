package io.github.camelgemini.benchmarks;

import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import io.github.camelgemini.image.GeminiImageHeaders;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** This project's component: {@code direct → gemini-image → file}. */
final class ComponentRoute {

    private ComponentRoute() {}

    static PictureClient open(Setting setting) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        GeminiImageConfiguration options =
                context.getComponent("gemini-image", GeminiImageComponent.class).getConfiguration();
        options.setBaseUrl(setting.baseUrl());
        options.setApiKey(Setting.KEY);
        options.setVertexAi(setting.vertexAi());
        options.setSpoolDirectory(setting.directory().toString());
        options.setMaxConcurrentRequests(Workload.IN_FLIGHT_256.calls());
        return RouteClient.start(context, () -> {}, new RouteBuilder() {
            @Override
            public void configure() {
                from(RouteClient.START)
                        .setHeader(GeminiImageHeaders.PROMPT, body())
                        .process(e -> e.getMessage().setBody(setting.references()))
                        .to("gemini-image:generate")
                        .to("file:" + setting.directory() + "?fileName=${variable.fileName}");
            }
        });
    }
}

package io.github.camelgemini.benchmarks;

import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import io.github.camelgemini.image.GeminiImageHeaders;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;

/** This project's component: {@code direct → gemini-image → file}, and variants of it. */
final class ComponentRoute {

    private ComponentRoute() {}

    static PictureClient open(Setting setting) throws Exception {
        return open(setting, file(setting));
    }

    /** With a file buffer that is smaller than camel-file's 128 KB, and not slower. */
    static PictureClient openTuned(Setting setting) throws Exception {
        return open(setting, file(setting) + "&bufferSize=16384");
    }

    /** Without camel-file: ends when the picture has arrived, in a file of the component if it is large. */
    static PictureClient openAlone(Setting setting) throws Exception {
        return open(setting, new String[0]);
    }

    private static String file(Setting setting) {
        return "file:" + setting.directory() + "?fileName=${variable.fileName}";
    }

    private static PictureClient open(Setting setting, String... writing) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        GeminiImageConfiguration options =
                context.getComponent("gemini-image", GeminiImageComponent.class).getConfiguration();
        options.setBaseUrl(setting.baseUrl());
        options.setApiKey(Setting.KEY);
        options.setVertexAi(setting.vertexAi());
        options.setSpoolDirectory(setting.directory().toString());
        if (setting.inFlight() > options.getMaxConcurrentRequests()) {
            options.setMaxConcurrentRequests(setting.inFlight());
        }
        return RouteClient.start(context, () -> {}, new RouteBuilder() {
            @Override
            public void configure() {
                ProcessorDefinition<?> route = from(RouteClient.START);
                if (!setting.references().isEmpty()) {
                    route.setHeader(GeminiImageHeaders.PROMPT, body())
                            .process(e -> e.getMessage().setBody(setting.references()));
                }
                route.to("gemini-image:generate").to(writing);
            }
        });
    }
}

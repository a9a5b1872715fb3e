package org.example;

import org.apache.camel.builder.RouteBuilder;

public class PictureRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("timer:once?repeatCount=1")
                .setBody(constant("A lighthouse"))
                .to("gemini-image:generate?aspectRatio=16:9")
                .to("log:pictures?showBody=false&showHeaders=false")
                .to("seda:drawn?waitForTaskToComplete=Never");

        from("seda:drawn")
                .to("file:{{pictures}}?fileName=picture.${header.CamelGeminiImageExtension}")
                .to("{{out}}");

        from("direct:draw").to("gemini-image:generate?aspectRatio=16:9");
    }
}

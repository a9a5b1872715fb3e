package org.example;

import org.apache.camel.builder.RouteBuilder;

public class PictureRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:draw").to("gemini-image:generate?aspectRatio=16:9");
    }
}

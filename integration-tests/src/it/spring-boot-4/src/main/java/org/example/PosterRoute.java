package org.example;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

@Component
class PosterRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:poster").routeId("poster").to("gemini-image:generate");

        from("direct:mail").to("gemini-image:generate?output=attachments");
    }
}

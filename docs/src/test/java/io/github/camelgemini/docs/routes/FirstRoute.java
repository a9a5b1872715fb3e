package io.github.camelgemini.docs.routes;

import org.apache.camel.builder.RouteBuilder;

/** The shortest useful route in Java. */
// tag::route[]
public class FirstRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:draw")
                .to("gemini-image:generate?model=gemini-nano-banana-2.1&aspectRatio=16:9&imageSize=2K")
                .to("file:{{pictures}}");
    }
}
// end::route[]

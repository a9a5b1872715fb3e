package io.github.camelgemini.docs.routes;

import org.apache.camel.builder.RouteBuilder;

/** A route that draws with {@link SketchBackend}. */
public class BackendRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:sketch").to("gemini-image:generate?backend=#sketch").to("mock:sketch");
        // end::route[]
    }
}

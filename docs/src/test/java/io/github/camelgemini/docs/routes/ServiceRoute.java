package io.github.camelgemini.docs.routes;

import org.apache.camel.builder.RouteBuilder;

/** A route that draws with a service of one's own. */
public class ServiceRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:sketch").to("gemini-image:generate?service=sketch").to("mock:sketch");
        // end::route[]
    }
}

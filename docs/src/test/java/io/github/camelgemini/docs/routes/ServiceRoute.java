package io.github.camelgemini.docs.routes;

import org.apache.camel.builder.RouteBuilder;

/** A route that uses a custom service. */
public class ServiceRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:sketch").to("gemini-image:generate?service=sketch").to("mock:sketch");
        // end::route[]
    }
}

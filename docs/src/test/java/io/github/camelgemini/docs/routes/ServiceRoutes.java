package io.github.camelgemini.docs.routes;

import org.apache.camel.builder.RouteBuilder;

/** The same picture by several services. */
public class ServiceRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:by-google").to("gemini-image:generate?aspectRatio=16:9").to("file:pictures");

        from("direct:by-anyfast")
                .to("gemini-image:generate?service=anyfast&aspectRatio=16:9")
                .to("file:pictures");

        from("direct:by-aimlapi")
                .to("gemini-image:generate?service=aimlapi&aspectRatio=16:9")
                .to("file:pictures");

        from("direct:by-inferencesh")
                .to("gemini-image:generate?service=inferencesh&aspectRatio=16:9")
                .to("file:pictures");

        from("direct:by-gmi")
                .to("gemini-image:generate?service=gmi&aspectRatio=16:9")
                .to("file:pictures");
        // end::route[]
    }
}

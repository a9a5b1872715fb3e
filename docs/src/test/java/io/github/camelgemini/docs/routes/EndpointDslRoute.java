package io.github.camelgemini.docs.routes;

import io.github.camelgemini.image.dsl.StaticEndpointBuilders;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;

/** The same route with options that the compiler checks. */
public class EndpointDslRoute extends EndpointRouteBuilder {

    // tag::route[]
    @Override
    public void configure() {
        from(direct("draw-typed"))
                .to(StaticEndpointBuilders.geminiImage("generate")
                        .aspectRatio("16:9")
                        .imageSize("2K"))
                .to(mock("typed"));
    }
    // end::route[]
}

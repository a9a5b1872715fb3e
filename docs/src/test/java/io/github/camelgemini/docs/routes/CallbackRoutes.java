package io.github.camelgemini.docs.routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** The routes of the how-to page that call the sender back; {@code CallbackTest} runs each. */
public class CallbackRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // tag::done[]
        from("direct:order")
                .setProperty("callback", header("callback"))
                .to("gemini-image:generate")
                .setHeader(Exchange.FILE_NAME, simple("${header.order}.${header.CamelGeminiImageExtension}"))
                .to("file:{{pictures}}")
                .setBody(simple("{\"order\": \"${header.order}\", \"picture\": \"${header.CamelFileName}\"}"))
                .to("direct:callback");

        from("direct:callback")
                .removeHeaders("*")
                .setHeader(Exchange.HTTP_URI, exchangeProperty("callback"))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .to("https:callback?httpMethod=POST&clientConnectionManager=#publicServers");
        // end::done[]

        // tag::progress[]
        from("direct:patient-order")
                .to("gemini-image:generate?progressUri=seda:progress")
                .to("mock:drawn");

        from("seda:progress")
                .filter(simple("${header.CamelGeminiImageProgress} in 'started,done,failed'"))
                .setProperty("callback", header("callback"))
                .setBody(simple("{\"order\": \"${header.order}\", \"state\": \"${body[event]}\"}"))
                .to("direct:callback");
        // end::progress[]
    }
}

package io.github.camelgemini.examples.imagefactory;

import org.apache.camel.builder.RouteBuilder;

/** The shortest route from Kafka that loses nothing and pays for nothing twice; a page of the documentation shows it. */
final class DeadLetterTopic extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("kafka:jobs?groupId=painters&autoOffsetReset=earliest")
                .errorHandler(deadLetterChannel("kafka:jobs-failed").useOriginalMessage())
                .removeHeaders("CamelGeminiImage*")
                .to("gemini-image:generate")
                .to("file:{{pictures}}?fileName=${exchangeId}.${header.CamelGeminiImageExtension}");
        // end::route[]
    }
}

package io.github.camelgemini.docs.routes;

import org.apache.camel.builder.RouteBuilder;

/** Files with prompts become batches, and their pictures files. */
public class BatchRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // tag::routes[]
        from("file:orders?include=.*[.]jsonl&moveFailed=.failed")
                .setHeader("CamelGeminiImageBatchId", simple("${file:onlyname.noext}"))
                .to("gemini-image:batch?imageSize=1K&batchFolder=batches");

        from("gemini-image:batchResults?batchFolder=batches")
                .setHeader("CamelFileName", simple("${header.CamelGeminiImageBatchKey}.jpg"))
                .to("file:pictures");
        // end::routes[]
    }
}

package io.github.camelgemini.examples.batch.halfprice;

import io.github.camelgemini.image.error.GeminiImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** Submits lists of products as batches, and stores the results in S3. The process may be killed at any time. */
public class HalfPriceRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // tag::routes[]
        onException(GeminiImageException.class)
                .handled(true)
                .log(LoggingLevel.WARN, "${header.CamelGeminiImageBatchKey}: ${exception.message}")
                .process(HalfPriceRoutes::note);

        from("file:{{orders}}?include=.*[.]jsonl&moveFailed=.failed")
                .routeId("submit")
                // The same list after a crash means the same batch.
                .setHeader("CamelGeminiImageBatchId", simple("${file:onlyname.noext}"))
                .to("gemini-image:batch?model=gemini-nano-banana-2.1&aspectRatio=1:1&batchFolder={{batches}}")
                .log("Batch ${header.CamelGeminiImageBatchId}: ${header.CamelGeminiImageBatchRequestCount} requests");

        from("gemini-image:batchResults?batchFolder={{batches}}&delay=500&concurrentConsumers=4")
                .routeId("bring")
                .setHeader("CamelAwsS3Key", simple("${header.CamelGeminiImageBatchKey}.jpg"))
                .to("aws2-s3:{{bucket}}")
                .process(HalfPriceRoutes::note);
        // end::routes[]
    }

    /** Writes a line with the key and the cost of the picture, if it is known. */
    private static synchronized void note(Exchange exchange) throws IOException {
        String key = exchange.getMessage().getHeader("CamelGeminiImageBatchKey", String.class);
        String cost = exchange.getMessage().getHeader("CamelGeminiImageEstimatedCost", "0", String.class);
        Files.writeString(
                Path.of(exchange.getContext().resolvePropertyPlaceholders("{{paid}}")),
                key + "," + cost + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}

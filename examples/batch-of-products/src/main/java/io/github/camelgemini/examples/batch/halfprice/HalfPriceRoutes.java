package io.github.camelgemini.examples.batch.halfprice;

import io.github.camelgemini.image.error.GeminiImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** Lists of products become batches, and what they draw goes to S3. Kill the process whenever you like. */
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
                // The same list again, after a crash, is the same batch.
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

    /** A line with the key and what the picture cost, nothing where there is none. */
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

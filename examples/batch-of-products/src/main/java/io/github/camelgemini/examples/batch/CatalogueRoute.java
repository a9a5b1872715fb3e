package io.github.camelgemini.examples.batch;

import io.github.camelgemini.image.GeminiImageHeaders;
import java.math.BigDecimal;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Takes a photograph, with the prompt and the name of its picture as headers, and writes the picture into the
 * catalogue.
 */
final class CatalogueRoute extends RouteBuilder {

    static final String SKU = "sku";

    private final PaidCalls paid;

    CatalogueRoute(PaidCalls paid) {
        this.paid = paid;
    }

    @Override
    public void configure() {
        // The reason goes into the report; a stack trace for each product would hide it.
        errorHandler(noErrorHandler());

        from("direct:photograph")
                .routeId("catalogue")
                .to(
                        "gemini-image:edit?model=gemini-nano-banana-2.1&aspectRatio=1:1&imageSize={{imageSize}}&outputFormat=jpeg")
                .process(this::notePaid)
                // Written under another name and renamed when complete, so there is never half a picture.
                .to("file:{{catalogue}}?fileName=${header.sku}.jpg&tempFileName=.${header.sku}.part");
    }

    private void notePaid(Exchange exchange) {
        double usd = exchange.getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST, 0.0, double.class);
        paid.add(exchange.getMessage().getHeader(SKU, String.class), BigDecimal.valueOf(usd));
    }
}

package io.github.camelgemini.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** The component in its own context, for processes beside that of the tests. */
final class OtherRoutes implements AutoCloseable {

    private final DefaultCamelContext context = new DefaultCamelContext();

    /** Starts a context whose component calls {@code baseUrl} and spools to {@code directory}. */
    OtherRoutes(String baseUrl, String directory) {
        GeminiImageConfiguration options =
                context.getComponent("gemini-image", GeminiImageComponent.class).getConfiguration();
        options.setBaseUrl(baseUrl);
        options.setApiKey("any-key");
        options.setSpoolDirectory(directory);
        context.start();
    }

    void add(LambdaRouteBuilder route) throws Exception {
        RouteBuilder.addRoutes(context, route);
    }

    /** Sends all at once, none on a thread of its own, and waits for them; the first failure is thrown. */
    void sendAtOnce(String uri, int times, Object body) throws Exception {
        AsyncProducer producer = context.getEndpoint(uri).createAsyncProducer();
        producer.start();
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Exchange exchange = producer.getEndpoint().createExchange();
            exchange.getMessage().setBody(body instanceof String prompt ? prompt + " " + i : body);
            sent.add(producer.processAsync(exchange));
        }
        for (CompletableFuture<Exchange> exchange : sent) {
            if (exchange.join().getException() != null) {
                throw exchange.join().getException();
            }
        }
    }

    /** Sends a message and returns the exchange, failed or not. */
    Exchange send(String uri, Object body, Map<String, Object> headers) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeaders(new HashMap<>(headers));
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.send(uri, exchange);
        }
    }

    @Override
    public void close() throws IOException {
        context.close();
    }
}

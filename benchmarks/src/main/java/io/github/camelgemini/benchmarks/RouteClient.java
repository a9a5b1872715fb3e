package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A client in a route from {@code direct:draw}: the body is the prompt, and variables name the file to write. */
final class RouteClient implements PictureClient {

    static final String START = "direct:draw";
    static final String FILE = "file";
    static final String FILE_NAME = "fileName";

    private final DefaultCamelContext context;
    private final ProducerTemplate template;
    private final AutoCloseable resource;

    private RouteClient(DefaultCamelContext context, AutoCloseable resource) {
        this.context = context;
        this.template = context.createProducerTemplate();
        this.resource = resource;
    }

    /**
     * Starts the route.
     *
     * @param resource closed with it
     */
    static RouteClient start(DefaultCamelContext context, AutoCloseable resource, RoutesBuilder route)
            throws Exception {
        context.addRoutes(route);
        context.start();
        return new RouteClient(context, resource);
    }

    @Override
    public void draw(String prompt, Path file) throws Exception {
        Exchange exchange = template.send(START, e -> {
            e.getMessage().setBody(prompt);
            e.setVariable(FILE, file);
            e.setVariable(FILE_NAME, file.getFileName().toString());
        });
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    @Override
    public void close() throws IOException {
        context.close();
        try {
            resource.close();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}

package io.github.camelgemini.image.observation;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;

/** Tells the producer that the span of its thread is that of its call; found by camel-telemetry. */
public final class GeminiImageSpanDecorator extends AbstractSpanDecorator {

    @Override
    public String getComponent() {
        return "gemini-image";
    }

    @Override
    public String getComponentClassName() {
        return "io.github.camelgemini.image.GeminiImageComponent";
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        super.beforeTracingEvent(span, exchange, endpoint);
        exchange.setProperty(Observations.TRACED_PROPERTY, true);
    }
}

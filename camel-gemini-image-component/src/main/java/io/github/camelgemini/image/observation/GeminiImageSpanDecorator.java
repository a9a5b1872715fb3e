package io.github.camelgemini.image.observation;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;

/** Marks the span of the current thread as the span of the producer's call. camel-telemetry finds this class. */
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

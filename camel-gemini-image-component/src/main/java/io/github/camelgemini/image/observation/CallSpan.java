package io.github.camelgemini.image.observation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The span of an exchange, with the attributes of OpenTelemetry's GenAI conventions
 * (opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans). Several pictures are several operations in one span. The
 * span has their sums, and other attributes come from the first answer.
 */
final class CallSpan implements CallListener {

    private final Span span;
    private final boolean withPrompts;
    private final Set<String> finishReasons = new LinkedHashSet<>();
    private boolean asked;
    private boolean answered;
    private long inputTokens;
    private long outputTokens;
    private long pictures;
    private long blocked;
    private long calls;
    private long queuedMillis;
    private BigDecimal cost;

    private CallSpan(Span span, boolean withPrompts) {
        this.span = span;
        this.withPrompts = withPrompts;
    }

    /**
     * @param withPrompts whether the span contains prompts
     */
    static CallListener ofThisThread(boolean withPrompts) {
        return new CallSpan(Span.current(), withPrompts);
    }

    @Override
    public synchronized void began(Caller caller, String name, String model, ImageRequest request) {
        if (asked) {
            return;
        }
        asked = true;
        span.setAttribute("gen_ai.operation.name", name);
        span.setAttribute("gen_ai.provider.name", caller.provider());
        span.setAttribute("camel.gemini.image.operation", caller.operation());
        if (caller.server() != null) {
            span.setAttribute("server.address", caller.server());
        }
        if (model != null) {
            span.setAttribute("gen_ai.request.model", model);
        }
        if (request != null) {
            describe(request);
        }
    }

    private void describe(ImageRequest request) {
        span.setAttribute("gen_ai.output.type", "image");
        request.get(Parameter.NUM_IMAGES)
                .filter(images -> images > 1)
                .ifPresent(images -> span.setAttribute("gen_ai.request.choice.count", (long) images));
        request.get(Parameter.TEMPERATURE).ifPresent(value -> number("gen_ai.request.temperature", value));
        request.get(Parameter.TOP_P).ifPresent(value -> number("gen_ai.request.top_p", value));
        request.get(Parameter.TOP_K).ifPresent(value -> number("gen_ai.request.top_k", value));
        request.get(Parameter.SEED).ifPresent(value -> span.setAttribute("gen_ai.request.seed", value.longValue()));
        if (withPrompts) {
            ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "user");
            message.putArray("parts").addObject().put("type", "text").put("content", request.prompt());
            span.setAttribute(
                    "gen_ai.input.messages",
                    JsonNodeFactory.instance.arrayNode().add(message).toString());
        }
    }

    private void number(String attribute, Number value) {
        span.setAttribute(attribute, value.doubleValue());
    }

    @Override
    public void tryingAgain(Caller caller, Retry retry) {
        span.addEvent(
                "camel.gemini.image.retry",
                Attributes.builder()
                        .put("error.type", CallReport.errorType(retry.failure()))
                        .put("http.response.status_code", CallReport.httpStatus(retry.failure()))
                        .put("gen_ai.request.model", Objects.requireNonNullElse(retry.next(), TagValues.NONE))
                        .put("camel.gemini.image.call", retry.call())
                        .put("camel.gemini.image.pause.ms", retry.pause().toMillis())
                        .build());
    }

    @Override
    public synchronized void ended(Caller caller, CallReport report) {
        inputTokens += report.usage().promptTokens();
        outputTokens += report.usage().outputTokens() + report.usage().thoughtTokens();
        pictures += report.pictures();
        blocked += report.blocked() == null ? 0 : 1;
        calls += report.calls();
        queuedMillis += report.queued().toMillis();
        if (report.cost() != null) {
            cost = cost == null ? report.cost() : cost.add(report.cost());
        }
        if (report.finishReason() != null) {
            finishReasons.add(report.finishReason());
        }
        if (!answered && report.result() != null) {
            answered = true;
            span.setAttribute("gen_ai.response.model", report.responseModel());
            span.setAttribute("gen_ai.response.id", report.result().responseId());
        }
    }

    @Override
    public synchronized void done(Caller caller, Throwable failure) {
        if (!finishReasons.isEmpty()) {
            span.setAttribute(
                    AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"),
                    finishReasons.stream().toList());
        }
        if (inputTokens + outputTokens > 0) {
            span.setAttribute("gen_ai.usage.input_tokens", inputTokens);
            span.setAttribute("gen_ai.usage.output_tokens", outputTokens);
        }
        span.setAttribute("camel.gemini.image.pictures", pictures);
        if (blocked > 0) {
            span.setAttribute("camel.gemini.image.blocked", blocked);
        }
        span.setAttribute("camel.gemini.image.calls", calls);
        span.setAttribute("camel.gemini.image.queued.ms", queuedMillis);
        if (cost != null) {
            span.setAttribute("camel.gemini.image.cost.usd", cost.doubleValue());
        }
        if (failure != null) {
            span.setAttribute("error.type", CallReport.errorType(failure));
            span.setStatus(StatusCode.ERROR);
        }
    }
}

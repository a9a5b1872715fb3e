package io.github.camelgemini.image;

import io.github.camelgemini.image.connection.Connections;
import io.github.camelgemini.image.observation.CallTotals;
import io.github.camelgemini.image.observation.ClientState;
import io.github.camelgemini.image.resilience.CallLimits;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonObject;

/** The dev console {@code gemini-image}: current calls, totals, last failures, and cost of the component. */
@DevConsole(
        name = "gemini-image",
        displayName = "Gemini Image",
        description = "Calls, limits, failures and costs of gemini-image")
public class GeminiImageDevConsole extends AbstractDevConsole {

    public GeminiImageDevConsole() {
        super("camel", "gemini-image", "Gemini Image", "Calls, limits, failures and costs of gemini-image");
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        JsonObject components = new JsonObject();
        for (String name : getCamelContext().getComponentNames()) {
            if (getCamelContext().hasComponent(name) instanceof GeminiImageComponent component
                    && component.isStarted()) {
                components.put(name, describe(component));
            }
        }
        JsonObject all = new JsonObject();
        all.put("components", components);
        return all;
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        write(doCallJson(options), "", text);
        return text.toString();
    }

    private static void write(Map<?, ?> facts, String indent, StringBuilder text) {
        facts.forEach((name, value) -> {
            text.append(indent).append(name).append(':');
            if (value instanceof Map<?, ?> inner) {
                text.append('\n');
                write(inner, indent + "    ", text);
            } else if (value instanceof List<?> entries) {
                text.append('\n');
                entries.forEach(entry ->
                        text.append(indent).append("    ").append(entry).append('\n'));
            } else {
                text.append(' ').append(value).append('\n');
            }
        });
    }

    private Map<String, Object> describe(GeminiImageComponent component) {
        CallTotals totals = component.observations().totals();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("totals", describe(totals.counts()));
        Map<String, Object> costs = new LinkedHashMap<>();
        totals.costByRoute().forEach((route, cost) -> costs.put(route, cost.doubleValue()));
        facts.put("estimatedCostByRoute", costs);
        ClientState state = component.state();
        facts.put("spoolFiles", state.spoolFiles());
        facts.put("spoolBytes", state.spoolBytes());
        if (state.budget() != null) {
            facts.put("budget", state.budget().describe());
        }
        facts.put(
                "clients",
                component.connections().open().stream()
                        .map(GeminiImageDevConsole::describe)
                        .toList());
        facts.put("endpoints", endpoints(component));
        facts.put(
                "lastFailures",
                totals.lastFailures().stream()
                        .map(GeminiImageDevConsole::describe)
                        .toList());
        return facts;
    }

    private List<Map<String, Object>> endpoints(GeminiImageComponent component) {
        List<Map<String, Object>> endpoints = new ArrayList<>();
        getCamelContext().getEndpoints().forEach(any -> {
            if (any instanceof GeminiImageEndpoint endpoint && endpoint.getComponent() == component) {
                Map<String, Object> facts = new LinkedHashMap<>();
                // Camel's own sanitizer, which hides secrets in a URI.
                facts.put("uri", endpoint.toString());
                facts.put("model", endpoint.getModel());
                endpoint.catalog()
                        .find(String.valueOf(endpoint.getModel()))
                        .ifPresent(known ->
                                facts.put("lifeCycle", known.lifeCycle().describe(LocalDate.now(ZoneOffset.UTC))));
                facts.putAll(describe(endpoint.totals().counts()));
                endpoints.add(facts);
            }
        });
        return endpoints;
    }

    private static Map<String, Object> describe(Connections.Open client) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("service", client.service());
        facts.put("producers", client.producers());
        Map<String, Object> limits = new LinkedHashMap<>();
        client.limits().forEach((model, limit) -> limits.put(model, describe(limit)));
        facts.put("limits", limits);
        return facts;
    }

    private static Map<String, Object> describe(CallLimits.State limit) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("inFlight", limit.inFlight());
        facts.put("waiting", limit.waiting());
        facts.put("allowed", limit.allowed());
        facts.put("pausedMillis", limit.pause().toMillis());
        return facts;
    }

    private static Map<String, Object> describe(CallTotals.Counts counts) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("operations", counts.operations());
        facts.put("failures", counts.failures());
        facts.put("blocked", counts.blocked());
        facts.put("calls", counts.calls());
        facts.put("retries", counts.retries());
        facts.put("throttled", counts.throttled());
        facts.put("pictures", counts.pictures());
        facts.put("receivedBytes", counts.receivedBytes());
        facts.put("sentBytes", counts.sentBytes());
        facts.put("inputTokens", counts.inputTokens());
        facts.put("outputTokens", counts.outputTokens());
        facts.put("estimatedCost", counts.cost().doubleValue());
        return facts;
    }

    private static Map<String, Object> describe(CallTotals.Failure failure) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("time", failure.time().toString());
        facts.put("operation", failure.operation());
        facts.put("routeId", String.valueOf(failure.routeId()));
        facts.put("type", failure.type());
        facts.put("httpStatus", failure.httpStatus());
        facts.put("message", failure.message());
        return facts;
    }
}

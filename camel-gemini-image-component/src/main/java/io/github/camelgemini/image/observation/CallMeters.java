package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.budget.BudgetState;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.resilience.CallLimits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;

/**
 * The Micrometer meters. Names and tags follow OpenTelemetry's GenAI conventions where these exist
 * (opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics). Others begin with {@code camel.gemini.image}. The
 * operations page of the documentation lists them.
 */
final class CallMeters implements CallListener {

    /** The name of the meter registry that Camel's own Micrometer components share. */
    private static final String REGISTRY = "metricsRegistry";

    /** From the conventions: 10 ms, doubled up to 82 s. */
    private static final Duration[] DURATIONS =
            IntStream.range(0, 14).mapToObj(i -> Duration.ofMillis(10L << i)).toArray(Duration[]::new);

    /** From the conventions: 1, 4, 16, … 64 Mi. */
    private static final double[] TOKENS =
            IntStream.range(0, 14).mapToDouble(i -> 1L << (2 * i)).toArray();

    private final MeterRegistry registry;
    private final ModelNames models;
    private final CamelContext context;
    private final Function<CamelContext, ClientState> state;
    private final Tags common;
    private final TagValues routes = new TagValues(200);
    private final TagValues finishReasons = new TagValues(40);
    private final TagValues errors = new TagValues(40);
    private final TagValues modalities = new TagValues(10);
    private final Set<String> gauged = ConcurrentHashMap.newKeySet();
    private final Map<String, Supplier<WaitingBatches>> consumers = new ConcurrentHashMap<>();

    private CallMeters(
            MeterRegistry registry,
            CamelContext context,
            ModelNames models,
            Function<CamelContext, ClientState> state) {
        this.registry = registry;
        this.models = models;
        this.context = context;
        this.state = state;
        this.common = Tags.of("camelContext", context.getName());
        Gauge.builder("camel.gemini.image.spool.files", context, now -> state.apply(now)
                        .spoolFiles())
                .description("Number of spool files.")
                .tags(common)
                .register(registry);
        Gauge.builder("camel.gemini.image.spool.size", context, now -> state.apply(now)
                        .spoolBytes())
                .description("Total size of the spool files.")
                .baseUnit("bytes")
                .tags(common)
                .register(registry);
        gaugeBudget("limit", "Budget of the period.", BudgetState::budget);
        gaugeBudget("spent", "Cost so far in the period of the budget.", BudgetState::spent);
        gaugeBudget("reserved", "Reserved for calls in flight.", BudgetState::reserved);
        FunctionCounter.builder("camel.gemini.image.budget.refused", context, now -> {
                    BudgetState budget = state.apply(now).budget();
                    return budget == null ? 0 : budget.refused();
                })
                .description("Calls that were refused because they could have exceeded the budget.")
                .tags(common)
                .register(registry);
    }

    /** NaN when no budget is set; dashboards leave it out. */
    private void gaugeBudget(String name, String what, Function<BudgetState, BigDecimal> value) {
        Gauge.builder("camel.gemini.image.budget." + name, context, now -> {
                    BudgetState budget = state.apply(now).budget();
                    return budget == null ? Double.NaN : value.apply(budget).doubleValue();
                })
                .description(what)
                .baseUnit("usd")
                .tags(common)
                .register(registry);
    }

    /** Empty when Camel's registry contains no meter registry, or several and none with Camel's name. */
    static Optional<CallListener> find(
            CamelContext context, ModelNames models, Function<CamelContext, ClientState> state) {
        MeterRegistry named = context.getRegistry().lookupByNameAndType(REGISTRY, MeterRegistry.class);
        MeterRegistry found = named == null ? context.getRegistry().findSingleByType(MeterRegistry.class) : named;
        return Optional.ofNullable(found).map(registry -> new CallMeters(registry, context, models, state));
    }

    @Override
    public void began(Caller caller, String name, String model, ImageRequest request) {
        String known = models.of(model);
        if (gauged.add(known)) {
            gauge("in.flight", "Calls in flight.", null, known, CallLimits.State::inFlight);
            gauge("waiting", "Calls that wait for a limit or a pause.", null, known, CallLimits.State::waiting);
            gauge(
                    "limit",
                    "Calls that may be in flight. Lower after HTTP 429 and 503.",
                    null,
                    known,
                    CallLimits.State::allowed);
            gauge(
                    "paused",
                    "Remaining pause after HTTP 429, in which no call begins.",
                    "seconds",
                    known,
                    limit -> limit.pause().toMillis() / 1000.0);
        }
    }

    private void gauge(String name, String what, String unit, String model, ToDoubleFunction<CallLimits.State> value) {
        Gauge.builder("camel.gemini.image." + name, context, now -> sum(model, state.apply(now), value))
                .description(what)
                .baseUnit(unit)
                .tags(common.and("gen_ai.request.model", model))
                .register(registry);
    }

    @Override
    public void waits(String routeId, Supplier<WaitingBatches> batches) {
        String route = routes.of(routeId);
        if (consumers.put(route, batches) == null) {
            gaugeBatches("batches.open", "Batches that are not yet delivered.", null, route, WaitingBatches::open);
            gaugeBatches(
                    "batches.overdue",
                    "Batches that are not yet delivered and older than batchMaxAge.",
                    null,
                    route,
                    WaitingBatches::overdue);
            gaugeBatches(
                    "batches.oldest",
                    "Age of the oldest batch that is not yet delivered.",
                    "seconds",
                    route,
                    waiting -> waiting.oldest().toSeconds());
        }
    }

    private void gaugeBatches(
            String name, String what, String unit, String route, ToDoubleFunction<WaitingBatches> value) {
        Gauge.builder(
                        "camel.gemini.image." + name,
                        consumers,
                        all -> value.applyAsDouble(all.get(route).get()))
                .description(what)
                .baseUnit(unit)
                .tags(common.and("routeId", route))
                .register(registry);
    }

    private double sum(String model, ClientState now, ToDoubleFunction<CallLimits.State> value) {
        return now.limits().entrySet().stream()
                .filter(limit -> models.of(limit.getKey()).equals(model))
                .map(Map.Entry::getValue)
                .reduce(CallLimits.State::plus)
                .map(value::applyAsDouble)
                .orElse(0.0);
    }

    @Override
    public void tryingAgain(Caller caller, Retry retry) {
        Counter.builder("camel.gemini.image.retries")
                .description("Calls that failed and were retried.")
                .tags(model(retry.model()))
                .tag("error.type", errors.of(CallReport.errorType(retry.failure())))
                .register(registry)
                .increment();
    }

    @Override
    public void ended(Caller caller, CallReport report) {
        Tags genAi = model(report.model())
                .and("gen_ai.operation.name", report.name())
                .and("gen_ai.provider.name", caller.provider())
                .and("gen_ai.response.model", models.of(report.responseModel()));
        Timer.builder("gen_ai.client.operation.duration")
                .description(
                        "Duration of an operation (image, token count or model list), including waits and retries.")
                .serviceLevelObjectives(DURATIONS)
                .tags(genAi)
                .tag("camel.gemini.image.operation", caller.operation())
                .tag("gen_ai.response.finish_reasons", finishReasons.of(report.finishReason()))
                .tag("error.type", errors.of(report.errorType()))
                .register(registry)
                .record(report.duration());
        Timer.builder("camel.gemini.image.queue.duration")
                .description("Time that the calls of an operation waited for a limit or a pause.")
                .tags(model(report.model()))
                .register(registry)
                .record(report.queued());
        count("camel.gemini.image.calls", "Calls to the service.", model(report.model()), report.calls());
        count(
                "camel.gemini.image.throttled",
                "Calls that were answered with HTTP 429.",
                model(report.model()),
                report.throttled());
        count("camel.gemini.image.pictures", "Images received.", model(report.model()), report.pictures());
        if (report.blocked() != null) {
            Tags blocked = model(report.model()).and("error.type", errors.of(CallReport.errorType(report.blocked())));
            count(
                    "camel.gemini.image.blocked",
                    "Answers without an image, whether the operation failed or not.",
                    blocked,
                    1);
        }
        bytes("camel.gemini.image.received", "Bytes of the images of one answer.", report, report.received());
        bytes(
                "camel.gemini.image.sent",
                "Bytes of reference images in all calls of an operation.",
                report,
                report.sent());
        if (report.usage().totalTokens() > 0) {
            tokens(report, genAi);
        }
        if (report.cost() != null) {
            Counter.builder("camel.gemini.image.cost")
                    .description("Estimated cost, by the prices of the model catalog.")
                    .baseUnit("usd")
                    .tags(model(report.model()))
                    .tag("routeId", routes.of(caller.routeId()))
                    .register(registry)
                    .increment(report.cost().doubleValue());
        }
    }

    private void tokens(CallReport report, Tags genAi) {
        Usage usage = report.usage();
        tokens(genAi, "input", usage.promptTokens());
        tokens(genAi, "output", usage.outputTokens() + usage.thoughtTokens());
        Tags model = model(report.model());
        usage.promptTokensByModality()
                .forEach((modality, tokens) -> tokensByKind(model, "input", modalities.of(modality), tokens));
        usage.outputTokensByModality()
                .forEach((modality, tokens) -> tokensByKind(model, "output", modalities.of(modality), tokens));
        tokensByKind(model, "output", "THOUGHT", usage.thoughtTokens());
    }

    private void tokens(Tags genAi, String type, int tokens) {
        DistributionSummary.builder("gen_ai.client.token.usage")
                .description("Tokens of one operation. Thoughts count as output.")
                .serviceLevelObjectives(TOKENS)
                .tags(genAi)
                .tag("gen_ai.token.type", type)
                .register(registry)
                .record(tokens);
    }

    private void tokensByKind(Tags model, String type, String kind, int tokens) {
        count(
                "camel.gemini.image.tokens",
                "Tokens by kind: a modality, or thoughts.",
                model.and(Tag.of("gen_ai.token.type", type), Tag.of("kind", kind)),
                tokens);
    }

    private void count(String name, String what, Tags tags, int more) {
        Counter.builder(name).description(what).tags(tags).register(registry).increment(more);
    }

    private void bytes(String name, String what, CallReport report, long bytes) {
        if (bytes > 0) {
            DistributionSummary.builder(name)
                    .description(what)
                    .baseUnit("bytes")
                    .tags(model(report.model()))
                    .register(registry)
                    .record(bytes);
        }
    }

    private Tags model(String model) {
        return common.and("gen_ai.request.model", models.of(model));
    }
}

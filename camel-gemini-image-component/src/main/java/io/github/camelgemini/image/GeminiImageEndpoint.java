package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ServiceCheck;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.Tls;
import io.github.camelgemini.image.batch.BatchId;
import io.github.camelgemini.image.batch.BatchRepository;
import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.batch.Resubmission;
import io.github.camelgemini.image.connection.Lease;
import io.github.camelgemini.image.consume.BatchResultsConsumer;
import io.github.camelgemini.image.consume.ConsumerMeans;
import io.github.camelgemini.image.consume.ConsumerOptions;
import io.github.camelgemini.image.consume.PublicKeys;
import io.github.camelgemini.image.consume.WebhookSettings;
import io.github.camelgemini.image.conversation.Conversations;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.NotDrawnException;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.Output;
import io.github.camelgemini.image.model.ServiceFace;
import io.github.camelgemini.image.observation.CallTotals;
import io.github.camelgemini.image.observation.Caller;
import io.github.camelgemini.image.observation.Observation;
import io.github.camelgemini.image.observation.WaitingBatches;
import io.github.camelgemini.image.produce.BatchMeans;
import io.github.camelgemini.image.produce.BatchProducer;
import io.github.camelgemini.image.produce.BatchResultsProducer;
import io.github.camelgemini.image.produce.BatchStateProducer;
import io.github.camelgemini.image.produce.ChatProducer;
import io.github.camelgemini.image.produce.ChatSettings;
import io.github.camelgemini.image.produce.CountTokensProducer;
import io.github.camelgemini.image.produce.GenerateProducer;
import io.github.camelgemini.image.produce.KeptSettings;
import io.github.camelgemini.image.produce.ModelsProducer;
import io.github.camelgemini.image.produce.ProducerMeans;
import io.github.camelgemini.image.produce.ProducerOptions;
import io.github.camelgemini.image.request.BatchReader;
import io.github.camelgemini.image.request.FallbackRequests;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.InputLimits;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ReferencesOfService;
import io.github.camelgemini.image.request.RequestCheck;
import io.github.camelgemini.image.request.RequestReader;
import io.github.camelgemini.image.resilience.CallObserver;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.ScheduledPollEndpoint;

/** Generate and edit images with Google's Gemini image models (Nano Banana). */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "gemini-image",
        title = "Gemini Image",
        syntax = "gemini-image:operation",
        category = {Category.AI, Category.CLOUD},
        headersClass = GeminiImageHeaders.class)
@ManagedResource(description = "Managed Gemini Image endpoint")
public class GeminiImageEndpoint extends ScheduledPollEndpoint implements AsyncEndpoint, EndpointServiceLocation {

    private static final Pattern GCS_PREFIX = Pattern.compile("gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[^?#]*)?");

    @UriPath(
            enums = "generate,edit,chat,countTokens,models,batch,batchRetrieve,batchList,batchCancel,batchResults",
            description =
                    "The operation. Use generate for an image from a prompt, with or without reference images. Use "
                            + "edit to change an image; it fails for a message without one. Use chat to continue a conversation "
                            + "from answer to answer. Use countTokens for the number of tokens of a message, and models for a "
                            + "list of the models. Use batch for requests that are processed later, at half the price if the "
                            + "service offers that. The operations batchRetrieve, batchList and batchCancel get, list and "
                            + "cancel batches. The operation batchResults gets the results of a batch. As a consumer it creates "
                            + "one exchange for each result of all batches.")
    @Metadata(required = true)
    private GeminiImageOperation operation;

    @UriParam
    private GeminiImageConfiguration configuration;

    @UriParam(
            defaultValue = "0",
            label = "consumer",
            description = "Maximum number of results of one poll. The next poll brings the rest. 0 means no limit.")
    private int maxMessagesPerPoll;

    @UriParam(
            defaultValue = "1",
            label = "consumer",
            description = "Maximum number of results that the route processes at the same time.")
    private int concurrentConsumers = 1;

    private final CallTotals totals = new CallTotals();
    private final ProducerMeans means = new Means();
    /** The key of the service's traits, as the producers of this endpoint use it; null before the first has started. */
    private volatile String face;
    /** The server that the producers call; null before the first has started. */
    private volatile String host;

    public GeminiImageEndpoint() {}

    public GeminiImageEndpoint(
            String uri,
            GeminiImageComponent component,
            GeminiImageOperation operation,
            GeminiImageConfiguration configuration) {
        super(uri, component);
        this.operation = operation;
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return switch (operation) {
            case generate, edit -> new GenerateProducer(this, means);
            case chat -> new ChatProducer(this, means);
            case countTokens -> new CountTokensProducer(this, means);
            case models -> new ModelsProducer(this, means);
            case batch -> new BatchProducer(this, means);
            case batchRetrieve -> new BatchStateProducer(this, means, BatchStateProducer.Question.RETRIEVE);
            case batchCancel -> new BatchStateProducer(this, means, BatchStateProducer.Question.CANCEL);
            case batchList -> new BatchStateProducer(this, means, BatchStateProducer.Question.LIST);
            case batchResults -> new BatchResultsProducer(this, means);
        };
    }

    /** The options of this endpoint for a producer. */
    private final class Means implements ProducerMeans {

        @Override
        public ProducerOptions options() {
            return new ProducerOptions(
                    configuration.getModel(),
                    configuration.isModelWritten(),
                    configuration.getImageStore(),
                    configuration.getProgressUri(),
                    configuration.isFailOnBlocked(),
                    ConnectionOptions.positive("maxPixels", configuration.getMaxPixels()),
                    getComponent().isHealthCheckProducerEnabled());
        }

        @Override
        public Lease lease() throws Exception {
            return getComponent().lease(GeminiImageEndpoint.this);
        }

        @Override
        public RequestReader reader(Lease lease) {
            return requestReader(lease);
        }

        @Override
        public ChatSettings chat() {
            ChatSettings.onePicture(configuration.getNumImages());
            Conversations shared = getComponent().conversations();
            return new ChatSettings(
                    shared.repository(configuration.getConversationRepository()),
                    shared.order(),
                    configuration.getConversationMaxTurns(),
                    configuration.getMaxQueued(),
                    Duration.ofMillis(configuration.getRequestTimeout()));
        }

        @Override
        public KeptSettings kept() {
            return new KeptSettings(
                    getComponent().resultRepository(configuration),
                    requestId(),
                    Duration.ofMillis(configuration.getRequestTimeout()));
        }

        @Override
        public BatchMeans batches() {
            ImageRequest template = template();
            return new BatchMeans(
                    new Batches(getComponent().batchRepository(configuration)),
                    configuration.getBatchId(),
                    getComponent().serviceName(configuration),
                    server(),
                    webhook(),
                    !resubmitted().isEmpty(),
                    template.get(Parameter.OUTPUT).orElse(Output.IMAGE),
                    template.encoding(),
                    configuration.getMaxRetries());
        }

        @Override
        public void started(ModelCatalog ofService) {
            host = host(getServiceUrl());
            face = ofService.face().map(ServiceFace::name).orElse(null);
            getComponent().observations().prepare(models());
            if (operation != GeminiImageOperation.models) {
                getComponent().endingModels().inUse(models(), ofService);
            }
        }

        @Override
        public Observation observe(Exchange exchange, ServiceTraits traits) {
            return getComponent()
                    .observations()
                    .begin(
                            exchange,
                            caller(traits, exchange),
                            totals,
                            configuration.isTracePrompts(),
                            configuration.isFailOnBlocked());
        }

        @Override
        public ModelCatalog catalog() {
            return GeminiImageEndpoint.this.catalog();
        }
    }

    /** The models that the service offers, once a producer has started. */
    ModelCatalog catalog() {
        ModelCatalog all = getComponent().getModelCatalog();
        return face == null ? all : all.at(face);
    }

    private RequestReader requestReader(Lease lease) {
        ImageRequest template = template();
        ImageBackend backend = lease.backend(CallObserver.NONE);
        ModelCatalog catalog =
                getComponent().getModelCatalog().at(backend.traits().face());
        RequestCheck check = new RequestCheck(catalog);
        lease.check().operation(operation.ability(), "gemini-image:" + operation);
        check.template(template);
        backend.check(template);
        for (String fallback : ConnectionOptions.fallbackModels(configuration)) {
            Parameter.MODEL.read(fallback, "option fallbackModels");
            new FallbackRequests(catalog).template(template, fallback);
        }
        boolean chat = operation == GeminiImageOperation.chat;
        if (!chat && template.has(Parameter.CONVERSATION_ID)) {
            throw new InvalidRequestException("option conversationId is only for gemini-image:chat; gemini-image:"
                    + operation + " has no conversations");
        }
        if (configuration.getRequestId() != null
                && operation != GeminiImageOperation.generate
                && operation != GeminiImageOperation.edit) {
            throw new InvalidRequestException(
                    "option requestId is only for gemini-image:generate and gemini-image:edit; "
                            + (operation == GeminiImageOperation.batch
                                    ? "a batch is identified by its batchId"
                                    : "gemini-image:" + operation + " stores no results"));
        }
        if (operation == GeminiImageOperation.batch) {
            checkOfBatch(template, lease);
        }
        Set<ServiceTraits.Way> ways = backend.traits().references().ways();
        return new RequestReader(
                getCamelContext(),
                template,
                operation == GeminiImageOperation.edit,
                chat,
                check,
                lease.store(),
                lease.fetcher(),
                new ReferencesOfService(
                        getServiceUrl(),
                        // The conversation needs this picture later too, so it is fetched now.
                        !chat && ways.contains(ServiceTraits.Way.BY_URL),
                        ways.contains(ServiceTraits.Way.STORED),
                        lease.check()::references),
                this::isOption,
                configuration.isStrictJson(),
                new InputLimits(
                        ConnectionOptions.positive("maxInputBytes", configuration.getMaxInputBytes()),
                        Duration.ofMillis(configuration.getRequestTimeout())));
    }

    private void checkOfBatch(ImageRequest template, Lease lease) {
        BatchReader.check(template);
        Set<NotDrawnException.Reason> unused = resubmitted();
        if (configuration.getBatchId() != null) {
            BatchId.check(configuration.getBatchId(), "option batchId");
        }
        if (webhook() != null) {
            lease.check().operation(ServiceTraits.Ability.WEBHOOK, "option webhook");
        }
    }

    private Expression requestId() {
        String id = configuration.getRequestId();
        if (id == null) {
            return null;
        }
        if (!id.contains("${") && !id.contains("$simple{")) {
            throw new InvalidRequestException("option requestId '" + id
                    + "' is the same for every message; it must be an expression such as ${header.kafka.KEY}");
        }
        return getCamelContext().resolveLanguage("simple").createExpression(id);
    }

    /** The models that the options name. */
    private List<String> models() {
        return Stream.concat(
                        Stream.ofNullable(configuration.getModel()),
                        ConnectionOptions.fallbackModels(configuration).stream())
                .toList();
    }

    /** Who makes the calls of an exchange. */
    private Caller caller(ServiceTraits traits, Exchange exchange) {
        return new Caller(operation.name(), traits.provider(), host, ExchangeHelper.getRouteId(exchange));
    }

    /** Identifies the account of a batch: one project does not know the jobs of another. */
    private String server() {
        return configuration.getProject() == null ? host : host + "/projects/" + configuration.getProject();
    }

    private static String host(String url) {
        try {
            return url == null ? null : URI.create(url).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The totals of this endpoint since it was created. */
    CallTotals totals() {
        return totals;
    }

    /** The model that the endpoint calls. */
    @ManagedAttribute(description = "Model of messages that do not set one")
    public String getModel() {
        return configuration.getModel();
    }

    /** Pictures requested, token counts, and lists of models. */
    @ManagedAttribute(description = "Operations: images, token counts and model lists that were requested")
    public long getOperations() {
        return totals.counts().operations();
    }

    /** Operations that failed. */
    @ManagedAttribute(description = "Operations that failed")
    public long getFailures() {
        return totals.counts().failures();
    }

    /** Answers without a picture. */
    @ManagedAttribute(description = "Operations whose answer had no image, whether they failed or not")
    public long getBlocked() {
        return totals.counts().blocked();
    }

    /** Calls, including retries. */
    @ManagedAttribute(description = "Calls to the service")
    public long getCalls() {
        return totals.counts().calls();
    }

    /** Calls that followed a failed one. */
    @ManagedAttribute(description = "Calls that failed and were retried")
    public long getRetries() {
        return totals.counts().retries();
    }

    /** Pictures that arrived. */
    @ManagedAttribute(description = "Images received")
    public long getPictures() {
        return totals.counts().pictures();
    }

    /** Estimated cost in USD. */
    @ManagedAttribute(description = "Estimated cost in USD, by the prices of the model catalog")
    public double getEstimatedCost() {
        return totals.counts().cost().doubleValue();
    }

    /** Whether the endpoint or the component has an option of this name, in any case. */
    private boolean isOption(String name) {
        return Stream.of(
                        getComponent().getEndpointPropertyConfigurer(),
                        getComponent().getComponentPropertyConfigurer())
                .anyMatch(options -> ((PropertyConfigurerGetter) options).getOptionType(name, true) != null);
    }

    /**
     * The options as the request that every message starts from. An empty option, such as a placeholder without a
     * value, is left out.
     */
    private ImageRequest template() {
        PropertyConfigurerGetter options =
                (PropertyConfigurerGetter) getComponent().getEndpointPropertyConfigurer();
        ImageRequest.Builder request = ImageRequest.builder();
        for (Parameter<?> parameter : Parameter.ALL) {
            Object value = options.getOptionValue(this, parameter.optionName(), false);
            boolean written = value != null && !"".equals(value) && !(value instanceof Map<?, ?> map && map.isEmpty());
            if (written) {
                request.read(parameter, value, "option " + parameter.optionName());
            }
        }
        request.outputGcsUri(outputGcsUri());
        if (!configuration.isModelWritten()) {
            request.modelByDefault();
        }
        return request.build();
    }

    private URI webhook() {
        String address = configuration.getWebhook();
        if (address == null) {
            return null;
        }
        try {
            URI uri = new URI(address);
            if (Set.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The failure is reported below. Its message contains the address, which may contain a secret.
        }
        throw new InvalidRequestException(
                "option webhook must be the public URL of a webhook, such as https://www.example.com/hooks/2f1c");
    }

    private String outputGcsUri() {
        String uri = configuration.getOutputGcsUri();
        if (uri != null && !GCS_PREFIX.matcher(uri).matches()) {
            throw new InvalidRequestException(
                    "option outputGcsUri '" + uri + "' must be gs://bucket or gs://bucket/folder");
        }
        return uri;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (operation != GeminiImageOperation.batchResults) {
            throw new UnsupportedOperationException(
                    "gemini-image:" + operation
                            + " is a producer only and cannot be used in from(...); only gemini-image:batchResults is a consumer");
        }
        BatchResultsConsumer consumer = new BatchResultsConsumer(this, processor, new MeansOfConsumer());
        configureConsumer(consumer);
        return consumer;
    }

    /** The options of this endpoint for a consumer. */
    private final class MeansOfConsumer implements ConsumerMeans {

        @Override
        public Lease lease() throws Exception {
            return means.lease();
        }

        @Override
        public ConsumerOptions options(Lease lease) throws Exception {
            ImageRequest template = template();
            RequestReader reader = requestReader(lease);
            means.started(
                    getComponent().getModelCatalog().at(lease.check().traits().face()));
            if (maxMessagesPerPoll < 0 || concurrentConsumers < 1) {
                throw new InvalidRequestException(
                        maxMessagesPerPoll < 0
                                ? "option maxMessagesPerPoll '" + maxMessagesPerPoll + "' must be 0 or more"
                                : "option concurrentConsumers '" + concurrentConsumers + "' must be 1 or more");
            }
            BatchRepository repository = getComponent().batchRepository(configuration);
            return new ConsumerOptions(
                    new Batches(repository),
                    getComponent().delivered(configuration, repository),
                    getComponent().serviceName(configuration),
                    server(),
                    batchIds(),
                    configuration.isAdoptBatches(),
                    Duration.ofMillis(configuration.getBatchMaxAge()),
                    maxMessagesPerPoll,
                    concurrentConsumers,
                    template.get(Parameter.OUTPUT).orElse(Output.IMAGE),
                    template.encoding(),
                    configuration.isFailOnBlocked(),
                    configuration.getImageStore(),
                    resubmission(reader),
                    ConnectionOptions.positive("maxPixels", configuration.getMaxPixels()),
                    webhookSettings(lease.check()));
        }

        @Override
        public Observation observe(Exchange exchange, ServiceTraits traits) {
            return means.observe(exchange, traits);
        }

        @Override
        public void waits(String routeId, Supplier<WaitingBatches> batches) {
            getComponent().observations().waits(routeId, batches);
        }
    }

    private Resubmission resubmission(RequestReader reader) {
        return new Resubmission(resubmitted(), json -> {
            Exchange exchange = createExchange();
            exchange.getMessage().setBody(json.toString());
            try {
                return reader.read(exchange).join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException known ? known : e;
            }
        });
    }

    /** The failures after which a request is submitted again. */
    private Set<NotDrawnException.Reason> resubmitted() {
        Set<NotDrawnException.Reason> reasons = EnumSet.noneOf(NotDrawnException.Reason.class);
        if (configuration.getResubmit() == null) {
            return reasons;
        }
        for (String name : configuration.getResubmit().split(",")) {
            switch (name.strip().toLowerCase(Locale.ROOT)) {
                case "expired" -> reasons.add(NotDrawnException.Reason.EXPIRED);
                case "missing" -> reasons.add(NotDrawnException.Reason.MISSING);
                default ->
                    throw new InvalidRequestException("option resubmit '" + name.strip()
                            + "' must be expired, missing, or both separated by a comma");
            }
        }
        return reasons;
    }

    /** Google signs its webhook calls, other services do not. */
    private WebhookSettings webhookSettings(ServiceCheck check) throws Exception {
        if (configuration.getWebhookPath() == null) {
            return null;
        }
        check.operation(ServiceTraits.Ability.WEBHOOK, "option webhookPath");
        boolean signed =
                GeminiImageConfiguration.DEFAULT_SERVICE.equals(check.traits().service());
        return new WebhookSettings(
                configuration.getWebhookPath(),
                configuration.getWebhookSecret(),
                configuration.getWebhookMaxPayloadSize(),
                signed && getServiceUrl() != null ? publicKeys() : null,
                signed);
    }

    /** Where Google publishes its keys (ai.google.dev/gemini-api/docs/webhooks), or the gateway that replaces it. */
    private PublicKeys publicKeys() throws Exception {
        ServiceOptions.HttpProxy proxy = ConnectionOptions.proxy(configuration);
        return new PublicKeys(
                URI.create(getServiceUrl()).resolve("/.well-known/jwks.json"),
                proxy == null ? null : proxy.toProxy(),
                Tls.of(configuration.getSslContextParameters(), getCamelContext()));
    }

    private List<String> batchIds() {
        return configuration.getBatchId() == null
                ? List.of()
                : Stream.of(configuration.getBatchId().split(","))
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .toList();
    }

    @Override
    public GeminiImageComponent getComponent() {
        return (GeminiImageComponent) super.getComponent();
    }

    @Override
    public String getServiceUrl() {
        return getComponent().serviceUrl(this);
    }

    @Override
    public String getServiceProtocol() {
        return "rest";
    }

    @Override
    public Map<String, String> getServiceMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("model", configuration.getModel());
        if (configuration.getProject() != null) {
            metadata.put("project", configuration.getProject());
        }
        if (configuration.getLocation() != null) {
            metadata.put("location", configuration.getLocation());
        }
        return metadata;
    }

    public GeminiImageOperation getOperation() {
        return operation;
    }

    public void setOperation(GeminiImageOperation operation) {
        this.operation = operation;
    }

    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    public void setConcurrentConsumers(int concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }

    public GeminiImageConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(GeminiImageConfiguration configuration) {
        this.configuration = configuration;
    }
}

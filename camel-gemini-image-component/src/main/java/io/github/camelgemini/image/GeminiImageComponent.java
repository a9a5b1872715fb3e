package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.ImageService;
import io.github.camelgemini.image.batch.BatchMemory;
import io.github.camelgemini.image.batch.BatchRepository;
import io.github.camelgemini.image.batch.DeliveredElsewhere;
import io.github.camelgemini.image.budget.BudgetPeriod;
import io.github.camelgemini.image.budget.BudgetRepository;
import io.github.camelgemini.image.budget.BudgetSettings;
import io.github.camelgemini.image.budget.BudgetState;
import io.github.camelgemini.image.connection.Connections;
import io.github.camelgemini.image.connection.Lease;
import io.github.camelgemini.image.connection.Services;
import io.github.camelgemini.image.connection.Wanted;
import io.github.camelgemini.image.conversation.Conversations;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.observation.CallTotals;
import io.github.camelgemini.image.observation.ClientState;
import io.github.camelgemini.image.observation.EndingModels;
import io.github.camelgemini.image.observation.Observations;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.repository.FileResultRepository;
import io.github.camelgemini.image.repository.ResultRepository;
import io.github.camelgemini.image.resilience.CallLimits;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.ObjectHelper;
import org.apache.camel.util.PropertiesHelper;

/**
 * The component {@code gemini-image:operation}. It makes pictures with Google's Gemini image models, at Google or at
 * another service that offers them. It holds what its endpoints share: default options, the model catalog, and the
 * connections.
 */
@Component("gemini-image")
@ManagedResource(description = "Managed Gemini Image component")
public class GeminiImageComponent extends HealthCheckComponent implements SSLContextParametersAware {

    @Metadata(description = "The default options of the endpoints. Each endpoint can override them.")
    private GeminiImageConfiguration configuration = new GeminiImageConfiguration();

    @Metadata(
            label = "advanced",
            autowired = true,
            description =
                    "The model catalog: sizes, aspect ratios, limits and prices of the models. By default the catalog "
                            + "of the component.")
    private ModelCatalog modelCatalog;

    @Metadata(
            label = "advanced",
            supportFileReference = true,
            description =
                    "A JSON resource, classpath: (the default) or file:, that adds models to the model catalog or "
                            + "overrides its entries, for example with negotiated prices.")
    private String modelCatalogFile;

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Use the global SSL parameters of the Camel context.")
    private boolean useGlobalSslContextParameters;

    @Metadata(
            label = "budget",
            description = "Maximum cost in USD of the calls of this component within budgetPeriod, such as 25 or 0.5. "
                    + "Before each call the component reserves what the call may cost. A call that could exceed the "
                    + "budget fails with a BudgetExceededException and is not made. By default there is no budget.")
    private Double budget;

    @Metadata(
            label = "budget",
            defaultValue = "1d",
            description =
                    "The period of the budget. A duration such as 1d or 12h is a rolling window: the budget holds for "
                            + "any such time. The values day, week and month are periods of the calendar.")
    private String budgetPeriod = "1d";

    @Metadata(
            label = "budget",
            defaultValue = "UTC",
            description = "Time zone in which a day, week or month of budgetPeriod begins, such as Europe/Berlin.")
    private String budgetTimeZone = "UTC";

    @Metadata(
            label = "budget",
            description =
                    "Assumed cost in USD of a call whose price is not in the model catalog. By default such calls are "
                            + "refused while a budget is set.")
    private Double budgetUnknownPrice;

    @Metadata(
            label = "budget",
            description =
                    "Folder that stores the state of the budget, so that it continues after a restart. Processes of "
                            + "one machine may share it.")
    private String budgetFolder;

    @Metadata(
            label = "budget,advanced",
            description = "Stores the state of the budget: one of Camel's AggregationRepositories such as "
                    + "JdbcAggregationRepository, or your own BudgetRepository. If processes share it, it needs "
                    + "optimistic locking. By default the state is in memory.")
    private BudgetRepository budgetRepository;

    private final SecretsInUris secretsInUris = new SecretsInUris();
    private final BatchMemory batchMemory = new BatchMemory();
    private Emulation emulation;
    private ModelCatalog catalog;
    private Services services;
    private Connections connections;
    private Conversations conversations;
    private Observations observations;
    private EndingModels endingModels;

    public GeminiImageComponent() {}

    public GeminiImageComponent(CamelContext context) {
        super(context);
    }

    /**
     * Sends all calls of this component to the emulator, whatever options, URIs and beans its endpoints have: a key, a
     * service account, a project, a {@code client}, a {@code baseUrl}, a proxy. The emulator receives none of these,
     * and no access token is requested. The path and the additional headers stay those of the endpoint's service. A
     * configuration that the service would refuse, such as {@code serviceAccountKey} without a project at Google, is
     * still refused.
     *
     * <p>Each service has its own emulator at that address. A service without an emulator, such as one of your own, is
     * called directly; the log warns about it.
     *
     * <p>This method is for tests and development. It exists in code only: no option, URI or header has the same
     * effect.
     *
     * @param baseUrl of the emulator, such as {@code http://localhost:8080}
     * @throws IllegalStateException when the component has started
     */
    public void useEmulator(String baseUrl) {
        useEmulator(baseUrl, credentials -> {});
    }

    /**
     * Does the same as {@link #useEmulator(String)}, and reports the credentials that are not used.
     *
     * @param unusedCredentials called each time a producer with credentials starts, with texts such as {@code apiKey of
     *     gemini-image://generate?apiKey=xxxxxx}. Environment variables are not reported. An exception from it stops
     *     the start.
     * @throws IllegalStateException when the component has started
     */
    public void useEmulator(String baseUrl, Consumer<List<String>> unusedCredentials) {
        if (connections != null) {
            throw new IllegalStateException(
                    "useEmulator must be called before the component starts, because calls may already have gone elsewhere");
        }
        emulation = new Emulation(Objects.requireNonNull(baseUrl), Objects.requireNonNull(unusedCredentials));
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        GeminiImageConfiguration copy = configuration.forEndpoint();
        // The service comes first, in any spelling that Camel accepts, because the other options are read for that
        // service.
        parameters.keySet().stream()
                .filter("service"::equalsIgnoreCase)
                .findFirst()
                .ifPresent(name -> copy.setService(parameters.get(name)));
        secretsInUris.warn(parameters, uri);
        GeminiImageEndpoint endpoint =
                new GeminiImageEndpoint(SecretsInUris.withoutUser(uri), this, operation(remaining), copy);
        if (copy.getSslContextParameters() == null) {
            copy.setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        // Camel sets options with a prefix only if the component takes them out itself.
        copy.setSafetySettings(withPrefix(parameters, "safetySettings.", copy.getSafetySettings()));
        copy.setLabels(withPrefix(parameters, "labels.", copy.getLabels()));
        copy.setAdditionalHeader(withPrefix(parameters, "additionalHeader.", copy.getAdditionalHeader()));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static Map<String, Object> withPrefix(
            Map<String, Object> parameters, String prefix, Map<String, Object> ofComponent) {
        Map<String, Object> all = new LinkedHashMap<>(ofComponent == null ? Map.of() : ofComponent);
        all.putAll(PropertiesHelper.extractProperties(parameters, prefix));
        return all.isEmpty() ? null : all;
    }

    private static GeminiImageOperation operation(String name) {
        return Arrays.stream(GeminiImageOperation.values())
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        "gemini-image:" + name + " is not an operation. The operations are: "
                                + Arrays.toString(GeminiImageOperation.values())));
    }

    /** Opens connections here and not earlier, because options may change until the component starts. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        catalog = modelCatalog == null ? ModelCatalog.standard() : modelCatalog;
        if (modelCatalogFile != null) {
            try (InputStream json =
                    ResourceHelper.resolveMandatoryResourceAsInputStream(getCamelContext(), modelCatalogFile)) {
                catalog = catalog.with(json);
            }
        }
        services = new Services(getCamelContext(), catalog.services());
        connections = new Connections(getCamelContext(), catalog, services, budgetSettings());
        conversations = new Conversations(this::conversationStore, connections.timer());
        endingModels = new EndingModels();
        observations = new Observations(getCamelContext(), catalog, GeminiImageComponent::stateOf);
    }

    private BudgetSettings budgetSettings() {
        if (budget == null) {
            return null;
        }
        return new BudgetSettings(
                BudgetSettings.dollars("budget", budget),
                BudgetPeriod.of(budgetPeriod, budgetTimeZone),
                BudgetSettings.dollars("budgetUnknownPrice", budgetUnknownPrice),
                BatchMemory.budget(budgetRepository, budgetFolder, getCamelContext()));
    }

    @Override
    protected void doStop() throws Exception {
        try {
            connections.close();
        } finally {
            connections = null;
            conversations.close();
            catalog = null;
            super.doStop();
        }
    }

    /** Leases the connection of an endpoint. Endpoints with the same connection options share one. */
    Lease lease(GeminiImageEndpoint endpoint) throws Exception {
        ImageService service = services.find(endpoint.getConfiguration().getService());
        ConnectionOptions options = new ConnectionOptions(endpoint.getConfiguration(), this::optionValue);
        String emulator = emulation == null ? null : emulation.of(service);
        Wanted wanted = options.wanted(service, emulator);
        if (emulation != null) {
            emulation.check(service, wanted.options(), endpoint);
        }
        Lease lease = connections.lease(wanted);
        try {
            lease.check().options(options.written(services.traits(service), configuration.getClient()));
            return lease;
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /** The server that an endpoint calls; null when it is not known. */
    String serviceUrl(GeminiImageEndpoint endpoint) {
        try {
            ImageService service = services.find(endpoint.getConfiguration().getService());
            String emulator = emulation == null ? null : emulation.of(service);
            return service.url(
                    new ConnectionOptions(endpoint.getConfiguration(), this::optionValue).ofService(service, emulator));
        } catch (InvalidRequestException e) {
            // The producer reports it when it starts.
            return null;
        }
    }

    private PayloadStore conversationStore() {
        String directory = configuration.getSpoolDirectory();
        // There may be many of them, and they stay, so they are kept in the heap only if the route sets spoolThreshold.
        long threshold =
                Objects.requireNonNullElse(configuration.getSpoolThreshold(), PayloadStore.LEAST_SPOOL_THRESHOLD);
        return new PayloadStore(directory == null ? null : Path.of(directory), threshold);
    }

    /** Camel's configurer only reads options of endpoints. */
    private Object optionValue(GeminiImageConfiguration options, String name) {
        GeminiImageEndpoint endpoint = new GeminiImageEndpoint();
        endpoint.setConfiguration(options);
        return ((PropertyConfigurerGetter) getEndpointPropertyConfigurer()).getOptionValue(endpoint, name, false);
    }

    /** The name of the service that an endpoint calls. */
    String serviceName(GeminiImageConfiguration options) {
        return services.find(options.getService()).traits().get(0).service();
    }

    /** The repository for the batches of an endpoint. */
    BatchRepository batchRepository(GeminiImageConfiguration options) {
        return batchMemory.repository(
                account(options),
                new BatchMemory.Choice(options.getBatchRepository(), options.getBatchFolder()),
                new BatchMemory.Choice(configuration.getBatchRepository(), configuration.getBatchFolder()),
                getCamelContext());
    }

    /** The repository for the results of an endpoint; null for none. */
    ResultRepository resultRepository(GeminiImageConfiguration options) {
        ResultRepository chosen = options.getResultRepository();
        String folder = options.getResultFolder();
        if (ObjectHelper.isEmpty(folder)) {
            return chosen;
        }
        if (chosen != null) {
            throw new InvalidRequestException(
                    "resultRepository and resultFolder are both set, but results are stored in one place. Remove one of"
                            + " them");
        }
        try {
            return new FileResultRepository(Path.of(folder));
        } catch (IOException | InvalidPathException e) {
            throw new InvalidRequestException("resultFolder " + folder + " cannot be used: " + e, e);
        }
    }

    private BatchMemory.Account account(GeminiImageConfiguration options) {
        String key = Stream.concat(
                        Stream.ofNullable(options.getApiKey()),
                        services.find(options.getService()).traits().stream()
                                .flatMap(traits -> traits.keyVariables().stream())
                                .map(System::getenv))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return BatchMemory.Account.of(
                Arrays.asList(key, options.getProject(), options.getServiceAccountKey()), options.getClient());
    }

    /** The repository that notes which batch results of an endpoint were delivered. */
    IdempotentRepository delivered(GeminiImageConfiguration options, BatchRepository batches) throws Exception {
        IdempotentRepository chosen = options.getIdempotentRepository();
        if (chosen == null) {
            return batches.delivered()
                    .orElseThrow(() -> new InvalidRequestException("option idempotentRepository is missing: " + batches
                            + " does not store which results of a batch have been delivered"));
        }
        CamelContextAware.trySetCamelContext(chosen, getCamelContext());
        if (!getCamelContext().hasService(chosen)) {
            // Stopped with the context and not earlier, since other endpoints may use it.
            getCamelContext().addService(chosen, true, true);
        }
        return new DeliveredElsewhere(chosen);
    }

    /** The open connections. */
    Connections connections() {
        return connections;
    }

    /** The conversations that chat endpoints share. */
    Conversations conversations() {
        return conversations;
    }

    /** Warns when models in use are about to be shut down. */
    EndingModels endingModels() {
        return endingModels;
    }

    /** The observations of all calls since the component started. */
    Observations observations() {
        return observations;
    }

    /** The current state of calls and spool files. */
    ClientState state() {
        Connections open = connections;
        Conversations kept = conversations;
        return open == null
                ? ClientState.IDLE
                : open.state().plus(new ClientState(Map.of(), kept.liveFiles(), kept.liveBytes(), null));
    }

    /** The state over all components of a context. */
    private static ClientState stateOf(CamelContext context) {
        return context.getComponentNames().stream()
                .map(context::hasComponent)
                .filter(GeminiImageComponent.class::isInstance)
                .map(component -> ((GeminiImageComponent) component).state())
                .reduce(ClientState.IDLE, ClientState::plus);
    }

    /** JMX may ask before the component has started. */
    private CallTotals.Counts counts() {
        return observations == null
                ? CallTotals.Counts.NONE
                : observations.totals().counts();
    }

    @ManagedAttribute(description = "Calls in flight")
    public int getCallsInFlight() {
        return sum(CallLimits.State::inFlight);
    }

    @ManagedAttribute(description = "Calls that wait for a limit or a pause")
    public int getCallsWaiting() {
        return sum(CallLimits.State::waiting);
    }

    private int sum(ToIntFunction<CallLimits.State> number) {
        return state().limits().values().stream().mapToInt(number).sum();
    }

    @ManagedAttribute(
            description =
                    "Milliseconds until calls begin again, where the service requested a pause; the longest of all models")
    public long getPausedMillis() {
        return state().limits().values().stream()
                .mapToLong(limit -> limit.pause().toMillis())
                .max()
                .orElse(0);
    }

    @ManagedAttribute(description = "Number of spool files")
    public int getSpoolFiles() {
        return state().spoolFiles();
    }

    @ManagedAttribute(description = "Total size of the spool files in bytes")
    public long getSpoolBytes() {
        return state().spoolBytes();
    }

    @ManagedAttribute(description = "Operations: images, token counts and model lists that were requested")
    public long getOperations() {
        return counts().operations();
    }

    @ManagedAttribute(description = "Operations that failed")
    public long getFailures() {
        return counts().failures();
    }

    @ManagedAttribute(description = "Operations whose answer had no image, whether they failed or not")
    public long getBlocked() {
        return counts().blocked();
    }

    @ManagedAttribute(description = "Calls to the service")
    public long getCalls() {
        return counts().calls();
    }

    @ManagedAttribute(description = "Calls that failed and were retried")
    public long getRetries() {
        return counts().retries();
    }

    @ManagedAttribute(description = "Calls that were answered with HTTP 429")
    public long getThrottled() {
        return counts().throttled();
    }

    @ManagedAttribute(description = "Images received")
    public long getPictures() {
        return counts().pictures();
    }

    @ManagedAttribute(description = "Tokens of prompts and reference images")
    public long getInputTokens() {
        return counts().inputTokens();
    }

    @ManagedAttribute(description = "Tokens of texts, images and thoughts")
    public long getOutputTokens() {
        return counts().outputTokens();
    }

    @ManagedAttribute(description = "Budget of the period in USD; NaN if no budget is set")
    public double getBudgetLimit() {
        return ofBudget(BudgetState::budget);
    }

    @ManagedAttribute(description = "Cost so far in the period of the budget in USD; NaN if no budget is set")
    public double getBudgetSpent() {
        return ofBudget(BudgetState::spent);
    }

    @ManagedAttribute(description = "Reserved for calls in flight in USD; NaN if no budget is set")
    public double getBudgetReserved() {
        return ofBudget(BudgetState::reserved);
    }

    @ManagedAttribute(description = "Calls that were refused because they could have exceeded the budget")
    public long getBudgetRefused() {
        BudgetState now = state().budget();
        return now == null ? 0 : now.refused();
    }

    private double ofBudget(Function<BudgetState, BigDecimal> amount) {
        BudgetState now = state().budget();
        return now == null ? Double.NaN : amount.apply(now).doubleValue();
    }

    @ManagedAttribute(description = "Estimated cost in USD, by the prices of the model catalog")
    public double getEstimatedCost() {
        return counts().cost().doubleValue();
    }

    public GeminiImageConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(GeminiImageConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * The catalog that was set. Once the component has started, it includes the additions of {@code modelCatalogFile}.
     */
    public ModelCatalog getModelCatalog() {
        return catalog == null ? modelCatalog : catalog;
    }

    public void setModelCatalog(ModelCatalog modelCatalog) {
        this.modelCatalog = modelCatalog;
    }

    public String getModelCatalogFile() {
        return modelCatalogFile;
    }

    public void setModelCatalogFile(String modelCatalogFile) {
        this.modelCatalogFile = modelCatalogFile;
    }

    public Double getBudget() {
        return budget;
    }

    public void setBudget(Double budget) {
        this.budget = budget;
    }

    public String getBudgetPeriod() {
        return budgetPeriod;
    }

    public void setBudgetPeriod(String budgetPeriod) {
        this.budgetPeriod = budgetPeriod;
    }

    public String getBudgetTimeZone() {
        return budgetTimeZone;
    }

    public void setBudgetTimeZone(String budgetTimeZone) {
        this.budgetTimeZone = budgetTimeZone;
    }

    public Double getBudgetUnknownPrice() {
        return budgetUnknownPrice;
    }

    public void setBudgetUnknownPrice(Double budgetUnknownPrice) {
        this.budgetUnknownPrice = budgetUnknownPrice;
    }

    public String getBudgetFolder() {
        return budgetFolder;
    }

    public void setBudgetFolder(String budgetFolder) {
        this.budgetFolder = budgetFolder;
    }

    public BudgetRepository getBudgetRepository() {
        return budgetRepository;
    }

    public void setBudgetRepository(BudgetRepository budgetRepository) {
        this.budgetRepository = budgetRepository;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }
}

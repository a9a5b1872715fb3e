package io.github.camelgemini.image.springboot;

import com.google.genai.Client;
import io.github.camelgemini.image.GeminiImageConfiguration;
import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.ApiKeyPlacement;
import io.github.camelgemini.image.backend.google.ReferenceUpload;
import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.model.ModelCatalog;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code camel.component.gemini-image.*}: one for each option of the component, with the description that
 * the component's catalog has for it. Null is not written: the component's own default applies, which is told to editors
 * in {@code additional-spring-configuration-metadata.json}. A test compares both with the catalog.
 */
@ConfigurationProperties(prefix = GeminiImageComponentConfiguration.PREFIX)
public class GeminiImageComponentConfiguration extends ComponentConfigurationPropertiesCommon {

    static final String PREFIX = "camel.component.gemini-image";

    /**
     * Headers to send along with every call, such as additionalHeader.X-Team=web. Values are treated as secrets. This
     * is a multi-value option with prefix: additionalHeader.
     */
    private Map<String, String> additionalHeader;

    /**
     * The only hosts from which pictures that a message names by https: or http: are fetched, separated by commas; a
     * name that begins with an asterisk and a dot stands for all hosts below a domain. Without it any public host.
     * Behind a proxy, which looks up names itself, only hosts listed here.
     */
    private String allowedReferenceHosts;

    /**
     * Whether pictures that a message names may be fetched from this machine and from private networks as well.
     * Link-local addresses, where clouds keep credentials, stay closed. Use it together with allowedReferenceHosts.
     * Hosts of referenceImages in the route itself need no permission.
     */
    private Boolean allowPrivateReferences;

    /**
     * How pictures that go along are sent to the Developer API: AUTO sends them inside the request, and uploads the
     * largest with the Files API where that would be too much; INLINE never uploads; FILES uploads all. The same
     * picture is uploaded once and used again until it expires, after 48 hours.
     */
    private ReferenceUpload referenceUpload;

    /**
     * API key of the Gemini Developer API, of Vertex AI in express mode (with vertexAi), or of a gateway. Without it
     * the environment variables GOOGLE_API_KEY and GEMINI_API_KEY are used, in this order.
     */
    private String apiKey;

    /**
     * Where requests carry the API key: HEADER is x-goog-api-key, as Google wants it; QUERY is the parameter key;
     * BEARER is Authorization. Gateways say which.
     */
    private ApiKeyPlacement apiKeyPlacement;

    /**
     * Version in the path of the API. By default v1 for the Developer API, v1beta1 for Vertex AI.
     */
    private String apiVersion;

    /**
     * Width to height of the picture. Without it the model chooses by the prompt, or keeps the ratio of the picture to
     * edit; auto takes the supported ratio nearest to the first reference picture.
     */
    private String aspectRatio;

    /**
     * Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked as
     * autowired) by looking up in the registry to find if there is a single instance of matching type, which then gets
     * configured on the component. This can be used for automatic configuring JDBC data sources, JMS connection
     * factories, AWS Clients, etc.
     */
    private Boolean autowiredEnabled;

    /**
     * Another service that draws, instead of Google's API; connection options are then ignored.
     */
    private ImageBackend backend;

    /**
     * Scheme, host and path of another server that speaks the Gemini API: a gateway, or the emulator. A version at the
     * end of the path, as in https://host/v1beta, is taken for the option apiVersion where that is not set.
     */
    private String baseUrl;

    /**
     * A client of the Google SDK that is set up and closed elsewhere, such as the only one of the registry. An option
     * that names a key, a server, a project or a location wins over it. Such a client cannot stream: each picture is
     * in the heap several times over, pictures over 15 MB cannot be read, and the client's own retries apply.
     */
    private Client client;

    /**
     * What endpoints begin with; each may say otherwise.
     */
    private GeminiImageConfiguration configuration;

    /**
     * Limit of opening one connection.
     */
    private Duration connectTimeout;

    /**
     * What chat does with the conversation before the prompt: undo takes back the last prompt and its answer, reset
     * forgets all. A message without a prompt does only that. Mostly a header.
     */
    private String conversationAction;

    /**
     * The id of the conversation that chat goes on with; mostly a header. Without it chat keeps nothing, and a message
     * brings the conversation along.
     */
    private String conversationId;

    /**
     * How many answers a conversation of chat may have. Each turn sends all pictures of those before, so the last ones
     * cost and take the most.
     */
    private Integer conversationMaxTurns;

    /**
     * Where chat keeps conversations. By default in this process: up to 1,000, 2 GiB together, each up to an hour after
     * its last turn. FileConversationRepository keeps them over restarts.
     */
    private ConversationRepository conversationRepository;

    /**
     * Whether a message without a picture as its answer (blocked prompt, blocked picture, words only) fails with an
     * exception. If false, the body becomes null and the headers CamelGeminiImageFinishReason and
     * CamelGeminiImageBlockReason say why.
     */
    private Boolean failOnBlocked;

    /**
     * Lets the model look things up with Google Search first, for places, people, weather, news. Searches are paid
     * beyond a monthly allowance, and Google requires its search suggestions to be shown with the result.
     */
    private Boolean googleSearch;

    /**
     * How long a connection may be silent in the middle of a request or of an answer; then it has stalled, and the
     * call is retried. It does not count while the model draws, so neither before an answer begins nor between the
     * events of a stream. 0 is no limit.
     */
    private Duration idleTimeout;

    /**
     * Lets the model look for pictures with Google Search first. Paid as googleSearch.
     */
    private Boolean imageSearch;

    /**
     * Size of the picture. Larger ones cost more and take longer. Without it the model makes its default, 1K.
     */
    private String imageSize;

    /**
     * Endpoint that stores pictures for output=json, such as file:pictures or direct:store. Each picture is sent to it
     * as a message of its own, with Content-Type and CamelFileName; the URI that comes into the JSON is what it leaves
     * in the header CamelGeminiImageUri, for file: the URL of the file.
     */
    private String imageStore;

    /**
     * Asks for the model's thoughts as text, kept in the exchange property CamelGeminiImageResult. Its interim
     * pictures are never among the results. Does not change the price.
     */
    private Boolean includeThoughts;

    /**
     * Labels for the bill, such as labels.team=web. Vertex AI only. This is a multi-value option with prefix: labels.
     */
    private Map<String, String> labels;

    /**
     * Whether the producer should be started lazy (on the first message). By starting lazy you can use this to allow
     * CamelContext and routes to startup in situations where a producer may otherwise fail during starting and cause
     * the route to fail being started. By deferring this startup to be lazy then the startup failure can be handled
     * during routing messages via Camel's routing error handlers. Beware that when the first message is processed then
     * creating and starting the producer may take a little time and prolong the total processing time of the
     * processing.
     */
    private Boolean lazyStartProducer;

    /**
     * Google Cloud location, for Vertex AI. By default global, where the Gemini 3 models are.
     */
    private String location;

    /**
     * Calls in flight at a time, those of all endpoints with the same connection and model counted together; further
     * ones wait in order without blocking a thread.
     */
    private Integer maxConcurrentRequests;

    /**
     * Calls that may begin within any minute, those of all endpoints with the same connection and model counted
     * together; 0 for any number. Further ones wait in order without blocking a thread. Set it to the quota of your
     * project (RPM), divided by the number of processes that share it.
     */
    private Integer requestsPerMinute;

    /**
     * Calls that may wait for maxConcurrentRequests or requestsPerMinute; one more is refused with a
     * RateLimitException.
     */
    private Integer maxQueued;

    /**
     * Models to ask, separated by commas and in this order, when the model is gone, still overloaded after its
     * retries, wants to be left alone for longer than fallbackPatience, or has maxQueued calls waiting. One that
     * cannot draw what is asked is passed over. The header CamelGeminiImageResponseModel tells which one answered. Not
     * used within a conversation, since a model does not take what another one signed.
     */
    private String fallbackModels;

    /**
     * How long a call waits for a model that wants to be left alone, where fallbackModels has another one that can
     * draw what is asked. For a longer pause it does not wait, and asks that one at once.
     */
    private Duration fallbackPatience;

    /**
     * How often a call is tried again after overload, rate limit or a broken connection. Blocks, wrong requests and
     * used up quotas are never tried again. 0 turns retries off.
     */
    private Integer maxRetries;

    /**
     * How closely the model looks at the reference pictures; closer costs more tokens.
     */
    private String mediaResolution;

    /**
     * The id of the model. Any id is passed on; sizes, ratios, limits and prices are checked for those that the model
     * catalog knows. Google deprecates models about once a year, so consider a property placeholder. Where nobody sets it
     * and the default is gone at Google, its successor draws, with a warning in the log; a model that is set is never
     * replaced, unless fallbackModels says so.
     */
    private String model;

    /**
     * What is known of the models: sizes, ratios, limits, prices. By default the catalog that comes with the
     * component.
     */
    private ModelCatalog modelCatalog;

    /**
     * A JSON resource, classpath: by default or file:, of models to add to the model catalog, or of facts to override:
     * new models, negotiated prices.
     */
    private String modelCatalogFile;

    /**
     * How many pictures to make of one message, 1 to 8, by as many paid calls in parallel. Several pictures become a
     * list as body.
     */
    private Integer numImages;

    /**
     * What becomes of several pictures when some of them fail: with fail the message fails, and the other calls are
     * ended; with keep the pictures that came are the result, and the failures are in it.
     */
    private String partialResults;

    /**
     * What the pictures become in the message: image is the picture as body, or a list of several; list is always a
     * list; attachments are all pictures with file names, as mail has them, and the first as body too; json is an
     * object with images (data: URIs, or what imageStore gives), description and output_meta.
     */
    private String output;

    /**
     * Format of the picture. Without it the one that the model answers: JPEG for Gemini 3, PNG for 2.5. Vertex AI
     * makes it itself; for the Developer API a picture of the other format is converted here, which needs the decoded
     * pixels in memory. WebP is always converted here, by an ImageIO plugin such as com.github.usefulness:webp-imageio.
     */
    private String outputFormat;

    /**
     * Where in Cloud Storage Google is to put the pictures, as gs://bucket/folder, instead of sending them. The body is
     * then the URI of the picture as text, or a list of them, and no picture passes through this process. Vertex AI only.
     */
    private String outputGcsUri;

    /**
     * JPEG quality, 1 to 100. Asked of Vertex AI; for the Developer API used where a picture is converted to JPEG
     * here.
     */
    private Integer outputQuality;

    /**
     * Which people may be drawn. Vertex AI only.
     */
    private String personGeneration;

    /**
     * An endpoint that is told how calls get on: started, thought, text, receiving, received, done, failed. Told beside
     * the call, which it can neither slow down nor fail.
     */
    private String progressUri;

    /**
     * Google Cloud project, for Vertex AI.
     */
    private String project;

    /**
     * What to draw, or what to change in the pictures that come along. Wins over the body, so that the body can be the
     * picture. Without it the text of the body is the prompt.
     */
    private String prompt;

    /**
     * Host of an HTTP proxy.
     */
    private String proxyHost;

    /**
     * Port of the HTTP proxy.
     */
    private Integer proxyPort;

    /**
     * Pictures that go along with each prompt, after those of body and attachments, separated by commas: https: and
     * http: URLs, data: URIs, gs:// objects (Vertex AI), files of the Files API (files/name), and, only here in the
     * route, file:, classpath: and ref: for a bean of the registry.
     */
    private String referenceImages;

    /**
     * Limit of the whole call with its retries and waits; then it is cancelled and the exchange fails. A 4K picture
     * may take a minute, the flex tier 15.
     */
    private Duration requestTimeout;

    /**
     * What the answer may consist of. With TEXT the model may add words, which come as a header; IMAGE alone saves
     * their tokens.
     */
    private String responseModalities;

    /**
     * Longest wait before the first retry; each further one may be twice as long. The wait itself is random below
     * that, and no shorter than the server asked for.
     */
    private Duration retryInitialDelay;

    /**
     * Longest wait before a retry, unless the server asks for more.
     */
    private Duration retryMaxDelay;

    /**
     * Safety thresholds by category, which win over safetyThreshold, such as safetySettings.harassment=BLOCK_NONE.
     * This is a multi-value option with prefix: safetySettings.
     */
    private Map<String, String> safetySettings;

    /**
     * From which probability of harm on something is blocked, for the four categories that can be set (harassment,
     * hate speech, sexually explicit, dangerous content). Without it the model's default.
     */
    private String safetyThreshold;

    /**
     * A starting point for the model's choices. Accepted, but Google does not promise the same picture for the same
     * seed. Of numImages pictures the first has this seed, the second the next number, and so on. Newer models refuse
     * it.
     */
    private Integer seed;

    /**
     * Service account key as JSON, for Vertex AI: a resource by classpath: (the default) or file:. Without it and
     * without an API key the application default credentials are used.
     */
    private String serviceAccountKey;

    /**
     * standard; flex costs half and may take 15 minutes or be refused; priority costs up to twice as much and is
     * served first.
     */
    private String serviceTier;

    /**
     * Folder for these files, which only the user of the process can read. Without it the JVM's folder for temporary
     * files.
     */
    private String spoolDirectory;

    /**
     * When these files have more bytes together than this, the JVM is asked to collect what nobody can reach any more,
     * which removes its files. It is asked again only when half as much was added. No picture is refused for it. With 0
     * it is never asked.
     */
    private DataSize spoolLimit;

    /**
     * Pictures of more bytes than this are kept in a file instead of the heap, for as long as anybody can reach them. By
     * default a quarter of the largest heap of the JVM divided by maxConcurrentRequests, but at least 128 KB and at most
     * 16 MB. Set less where a route gathers pictures, in aggregate or behind seda, and more to spare the disk.
     */
    private DataSize spoolThreshold;

    /**
     * TLS: trusted certificates, client certificates, protocols.
     */
    private SSLContextParameters sslContextParameters;

    /**
     * Whether the API sends its answer piece by piece (streamGenerateContent). The result is the same; but no
     * connection is idle while the model thinks, which some proxies and firewalls cut, and progressUri hears of
     * thoughts and texts as they come.
     */
    private Boolean stream;

    /**
     * Whether an unknown field in a JSON request is an error, which names the nearest known one. If false, unknown
     * fields are ignored.
     */
    private Boolean strictJson;

    /**
     * Standing instructions for the model, such as a house style.
     */
    private String systemInstruction;

    /**
     * How freely the model chooses, 0 to 2. Google announced its end; newer models may refuse it.
     */
    private Double temperature;

    /**
     * How long the model thinks before it draws. More helps with complicated scenes and text; thinking is billed as
     * output. Which levels there are depends on the model.
     */
    private String thinkingLevel;

    /**
     * How many candidates the model chooses from. Fixed for most models. Google announced its end; newer models may
     * refuse it.
     */
    private Integer topK;

    /**
     * How much of the probability mass the model chooses from, 0 to 1. Google announced its end; newer models may
     * refuse it.
     */
    private Double topP;

    /**
     * Whether the spans of OpenTelemetry show the prompts, as gen_ai.input.messages. Whoever may read traces may read
     * them then.
     */
    private Boolean tracePrompts;

    /**
     * Used for enabling or disabling all consumer based health checks from this component
     */
    private Boolean healthCheckConsumerEnabled;

    /**
     * Used for enabling or disabling all producer based health checks from this component. Notice: Camel has by default
     * disabled all producer based health-checks. You can turn on producer checks globally by setting
     * camel.health.producersEnabled=true.
     */
    private Boolean healthCheckProducerEnabled;

    /**
     * Use the global SSL parameters of the Camel context.
     */
    private Boolean useGlobalSslContextParameters;

    /**
     * Whether to call Vertex AI instead of the Developer API. By default true if project, location or
     * serviceAccountKey is set; true with an API key is Vertex AI in express mode.
     */
    private Boolean vertexAi;

    public Map<String, String> getAdditionalHeader() {
        return additionalHeader;
    }

    public void setAdditionalHeader(Map<String, String> additionalHeader) {
        this.additionalHeader = additionalHeader;
    }

    public String getAllowedReferenceHosts() {
        return allowedReferenceHosts;
    }

    public void setAllowedReferenceHosts(String allowedReferenceHosts) {
        this.allowedReferenceHosts = allowedReferenceHosts;
    }

    public Boolean getAllowPrivateReferences() {
        return allowPrivateReferences;
    }

    public void setAllowPrivateReferences(Boolean allowPrivateReferences) {
        this.allowPrivateReferences = allowPrivateReferences;
    }

    public ReferenceUpload getReferenceUpload() {
        return referenceUpload;
    }

    public void setReferenceUpload(ReferenceUpload referenceUpload) {
        this.referenceUpload = referenceUpload;
    }

    public String getApiKey() {
        return apiKey;
    }

    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public ApiKeyPlacement getApiKeyPlacement() {
        return apiKeyPlacement;
    }

    public void setApiKeyPlacement(ApiKeyPlacement apiKeyPlacement) {
        this.apiKeyPlacement = apiKeyPlacement;
    }

    public String getApiVersion() {
        return apiVersion;
    }

    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    public String getAspectRatio() {
        return aspectRatio;
    }

    public void setAspectRatio(String aspectRatio) {
        this.aspectRatio = aspectRatio;
    }

    public Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public ImageBackend getBackend() {
        return backend;
    }

    public void setBackend(ImageBackend backend) {
        this.backend = backend;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public Client getClient() {
        return client;
    }

    public void setClient(Client client) {
        this.client = client;
    }

    public GeminiImageConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(GeminiImageConfiguration configuration) {
        this.configuration = configuration;
    }

    public Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public String getConversationAction() {
        return conversationAction;
    }

    public void setConversationAction(String conversationAction) {
        this.conversationAction = conversationAction;
    }

    public String getConversationId() {
        return conversationId;
    }

    public void setConversationId(String conversationId) {
        this.conversationId = conversationId;
    }

    public Integer getConversationMaxTurns() {
        return conversationMaxTurns;
    }

    public void setConversationMaxTurns(Integer conversationMaxTurns) {
        this.conversationMaxTurns = conversationMaxTurns;
    }

    public ConversationRepository getConversationRepository() {
        return conversationRepository;
    }

    public void setConversationRepository(ConversationRepository conversationRepository) {
        this.conversationRepository = conversationRepository;
    }

    public Boolean getFailOnBlocked() {
        return failOnBlocked;
    }

    public void setFailOnBlocked(Boolean failOnBlocked) {
        this.failOnBlocked = failOnBlocked;
    }

    public Boolean getGoogleSearch() {
        return googleSearch;
    }

    public void setGoogleSearch(Boolean googleSearch) {
        this.googleSearch = googleSearch;
    }

    public Duration getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public Boolean getImageSearch() {
        return imageSearch;
    }

    public void setImageSearch(Boolean imageSearch) {
        this.imageSearch = imageSearch;
    }

    public String getImageSize() {
        return imageSize;
    }

    public void setImageSize(String imageSize) {
        this.imageSize = imageSize;
    }

    public String getImageStore() {
        return imageStore;
    }

    public void setImageStore(String imageStore) {
        this.imageStore = imageStore;
    }

    public Boolean getIncludeThoughts() {
        return includeThoughts;
    }

    public void setIncludeThoughts(Boolean includeThoughts) {
        this.includeThoughts = includeThoughts;
    }

    public Map<String, String> getLabels() {
        return labels;
    }

    public void setLabels(Map<String, String> labels) {
        this.labels = labels;
    }

    public Boolean getLazyStartProducer() {
        return lazyStartProducer;
    }

    public void setLazyStartProducer(Boolean lazyStartProducer) {
        this.lazyStartProducer = lazyStartProducer;
    }

    public String getLocation() {
        return location;
    }

    public void setLocation(String location) {
        this.location = location;
    }

    public Integer getRequestsPerMinute() {
        return requestsPerMinute;
    }

    public void setRequestsPerMinute(Integer requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
    }

    public Integer getMaxQueued() {
        return maxQueued;
    }

    public void setMaxQueued(Integer maxQueued) {
        this.maxQueued = maxQueued;
    }

    public String getFallbackModels() {
        return fallbackModels;
    }

    public void setFallbackModels(String fallbackModels) {
        this.fallbackModels = fallbackModels;
    }

    public Duration getFallbackPatience() {
        return fallbackPatience;
    }

    public void setFallbackPatience(Duration fallbackPatience) {
        this.fallbackPatience = fallbackPatience;
    }

    public Integer getMaxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    public void setMaxConcurrentRequests(Integer maxConcurrentRequests) {
        this.maxConcurrentRequests = maxConcurrentRequests;
    }

    public Integer getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(Integer maxRetries) {
        this.maxRetries = maxRetries;
    }

    public String getMediaResolution() {
        return mediaResolution;
    }

    public void setMediaResolution(String mediaResolution) {
        this.mediaResolution = mediaResolution;
    }

    public String getModel() {
        return model;
    }

    public void setModel(String model) {
        this.model = model;
    }

    public ModelCatalog getModelCatalog() {
        return modelCatalog;
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

    public Integer getNumImages() {
        return numImages;
    }

    public void setNumImages(Integer numImages) {
        this.numImages = numImages;
    }

    public String getPartialResults() {
        return partialResults;
    }

    public void setPartialResults(String partialResults) {
        this.partialResults = partialResults;
    }

    public String getOutput() {
        return output;
    }

    public void setOutput(String output) {
        this.output = output;
    }

    public String getOutputGcsUri() {
        return outputGcsUri;
    }

    public void setOutputGcsUri(String outputGcsUri) {
        this.outputGcsUri = outputGcsUri;
    }

    public String getOutputFormat() {
        return outputFormat;
    }

    public void setOutputFormat(String outputFormat) {
        this.outputFormat = outputFormat;
    }

    public Integer getOutputQuality() {
        return outputQuality;
    }

    public void setOutputQuality(Integer outputQuality) {
        this.outputQuality = outputQuality;
    }

    public String getPersonGeneration() {
        return personGeneration;
    }

    public void setPersonGeneration(String personGeneration) {
        this.personGeneration = personGeneration;
    }

    public String getProgressUri() {
        return progressUri;
    }

    public void setProgressUri(String progressUri) {
        this.progressUri = progressUri;
    }

    public String getProject() {
        return project;
    }

    public void setProject(String project) {
        this.project = project;
    }

    public String getPrompt() {
        return prompt;
    }

    public void setPrompt(String prompt) {
        this.prompt = prompt;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public String getReferenceImages() {
        return referenceImages;
    }

    public void setReferenceImages(String referenceImages) {
        this.referenceImages = referenceImages;
    }

    public Duration getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(Duration requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public String getResponseModalities() {
        return responseModalities;
    }

    public void setResponseModalities(String responseModalities) {
        this.responseModalities = responseModalities;
    }

    public Duration getRetryInitialDelay() {
        return retryInitialDelay;
    }

    public void setRetryInitialDelay(Duration retryInitialDelay) {
        this.retryInitialDelay = retryInitialDelay;
    }

    public Duration getRetryMaxDelay() {
        return retryMaxDelay;
    }

    public void setRetryMaxDelay(Duration retryMaxDelay) {
        this.retryMaxDelay = retryMaxDelay;
    }

    public Map<String, String> getSafetySettings() {
        return safetySettings;
    }

    public void setSafetySettings(Map<String, String> safetySettings) {
        this.safetySettings = safetySettings;
    }

    public String getSafetyThreshold() {
        return safetyThreshold;
    }

    public void setSafetyThreshold(String safetyThreshold) {
        this.safetyThreshold = safetyThreshold;
    }

    public Integer getSeed() {
        return seed;
    }

    public void setSeed(Integer seed) {
        this.seed = seed;
    }

    public String getServiceAccountKey() {
        return serviceAccountKey;
    }

    public void setServiceAccountKey(String serviceAccountKey) {
        this.serviceAccountKey = serviceAccountKey;
    }

    public String getServiceTier() {
        return serviceTier;
    }

    public void setServiceTier(String serviceTier) {
        this.serviceTier = serviceTier;
    }

    public String getSpoolDirectory() {
        return spoolDirectory;
    }

    public void setSpoolDirectory(String spoolDirectory) {
        this.spoolDirectory = spoolDirectory;
    }

    public DataSize getSpoolLimit() {
        return spoolLimit;
    }

    public void setSpoolLimit(DataSize spoolLimit) {
        this.spoolLimit = spoolLimit;
    }

    public DataSize getSpoolThreshold() {
        return spoolThreshold;
    }

    public void setSpoolThreshold(DataSize spoolThreshold) {
        this.spoolThreshold = spoolThreshold;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public Boolean getStream() {
        return stream;
    }

    public void setStream(Boolean stream) {
        this.stream = stream;
    }

    public Boolean getStrictJson() {
        return strictJson;
    }

    public void setStrictJson(Boolean strictJson) {
        this.strictJson = strictJson;
    }

    public String getSystemInstruction() {
        return systemInstruction;
    }

    public void setSystemInstruction(String systemInstruction) {
        this.systemInstruction = systemInstruction;
    }

    public Double getTemperature() {
        return temperature;
    }

    public void setTemperature(Double temperature) {
        this.temperature = temperature;
    }

    public String getThinkingLevel() {
        return thinkingLevel;
    }

    public void setThinkingLevel(String thinkingLevel) {
        this.thinkingLevel = thinkingLevel;
    }

    public Integer getTopK() {
        return topK;
    }

    public void setTopK(Integer topK) {
        this.topK = topK;
    }

    public Double getTopP() {
        return topP;
    }

    public void setTopP(Double topP) {
        this.topP = topP;
    }

    public Boolean getTracePrompts() {
        return tracePrompts;
    }

    public void setTracePrompts(Boolean tracePrompts) {
        this.tracePrompts = tracePrompts;
    }

    public Boolean getHealthCheckConsumerEnabled() {
        return healthCheckConsumerEnabled;
    }

    public void setHealthCheckConsumerEnabled(Boolean healthCheckConsumerEnabled) {
        this.healthCheckConsumerEnabled = healthCheckConsumerEnabled;
    }

    public Boolean getHealthCheckProducerEnabled() {
        return healthCheckProducerEnabled;
    }

    public void setHealthCheckProducerEnabled(Boolean healthCheckProducerEnabled) {
        this.healthCheckProducerEnabled = healthCheckProducerEnabled;
    }

    public Boolean getUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    public void setUseGlobalSslContextParameters(Boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public Boolean getVertexAi() {
        return vertexAi;
    }

    public void setVertexAi(Boolean vertexAi) {
        this.vertexAi = vertexAi;
    }
}

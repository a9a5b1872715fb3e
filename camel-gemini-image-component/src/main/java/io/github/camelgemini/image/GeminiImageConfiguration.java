package io.github.camelgemini.image;

import com.google.genai.Client;
import io.github.camelgemini.image.backend.ApiKeyPlacement;
import io.github.camelgemini.image.backend.google.ReferenceUpload;
import io.github.camelgemini.image.batch.BatchRepository;
import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.repository.ResultRepository;
import io.github.camelgemini.image.request.InputLimits;
import io.github.camelgemini.image.result.GeneratedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The options of component and endpoint, as they were set. They are checked when an endpoint starts, not here. The
 * reference page describes each option.
 */
@UriParams
public class GeminiImageConfiguration implements Cloneable {

    static final String DEFAULT_SERVICE = "google";

    @UriParam(
            defaultValue = "gemini-3.1-flash-image",
            label = "producer",
            description =
                    "The id of the model. Any id is passed on; sizes, ratios, limits and prices are checked for those "
                            + "that the model catalog knows. Google deprecates models about once a year, so consider a property "
                            + "placeholder. Where nobody sets it and the default is gone at Google, its successor draws, with a "
                            + "warning in the log; a model that is set is never replaced, unless fallbackModels says so.")
    private String model = "gemini-3.1-flash-image";

    private boolean modelWritten;

    @UriParam(
            label = "producer",
            description =
                    "What to draw, or what to change in the pictures that come along. Wins over the body, so that the "
                            + "body can be the picture. Without it the text of the body is the prompt.")
    private String prompt;

    @UriParam(label = "producer", description = "Standing instructions for the model, such as a house style.")
    private String systemInstruction;

    @UriParam(
            label = "producer",
            description =
                    "Pictures that go along with each prompt, after those of body and attachments, separated by "
                            + "commas: https: and http: URLs, data: URIs, gs:// objects (Vertex AI), files of the Files API "
                            + "(files/name), and, only here in the route, file:, classpath: and ref: for a bean of the registry.")
    private String referenceImages;

    @UriParam(
            enums = "auto,1:1,2:3,3:2,3:4,4:3,4:5,5:4,9:16,16:9,21:9,1:4,4:1,1:8,8:1,9:21",
            label = "producer",
            description =
                    "Width to height of the picture. Without it the model chooses by the prompt, or keeps the ratio of "
                            + "the picture to edit; auto takes the supported ratio nearest to the first reference picture.")
    private String aspectRatio;

    @UriParam(
            enums = "512,1K,2K,4K",
            label = "producer",
            description =
                    "Size of the picture. Larger ones cost more and take longer. Without it the model makes its default, "
                            + "1K.")
    private String imageSize;

    @UriParam(
            defaultValue = "1",
            label = "producer",
            description =
                    "How many pictures to make of one message, 1 to 8, by as many paid calls in parallel. Several "
                            + "pictures become a list as body.")
    private int numImages = 1;

    @UriParam(
            enums = "fail,keep",
            defaultValue = "fail",
            label = "producer",
            description =
                    "What becomes of several pictures when some of them fail: with fail the message fails, and the other calls"
                            + " are ended; with keep the pictures that came are the result, and the failures are in it.")
    private String partialResults = "fail";

    @UriParam(
            enums = "png,jpeg,webp",
            label = "producer",
            description =
                    "Format of the picture. Without it the one that the model answers: JPEG for Gemini 3, PNG for 2.5. "
                            + "Vertex AI makes it itself; for the Developer API a picture of the other format is converted here, "
                            + "which needs the decoded pixels in memory. WebP is always converted here, by an ImageIO plugin such as "
                            + "com.github.usefulness:webp-imageio.")
    private String outputFormat;

    @UriParam(
            label = "producer",
            description =
                    "JPEG quality, 1 to 100. Asked of Vertex AI; for the Developer API used where a picture is converted "
                            + "to JPEG here.")
    private Integer outputQuality;

    @UriParam(
            defaultValue = "TEXT,IMAGE",
            label = "producer",
            description =
                    "What the answer may consist of. With TEXT the model may add words, which come as a header; IMAGE "
                            + "alone saves their tokens.")
    private String responseModalities = "TEXT,IMAGE";

    @UriParam(
            defaultValue = "false",
            label = "producer",
            description =
                    "Lets the model look things up with Google Search first, for places, people, weather, news. Searches "
                            + "are paid beyond a monthly allowance, and Google requires its search suggestions to be shown with the "
                            + "result.")
    private boolean googleSearch;

    @UriParam(
            defaultValue = "false",
            label = "producer",
            description = "Lets the model look for pictures with Google Search first. Paid as googleSearch.")
    private boolean imageSearch;

    @UriParam(
            enums = "OFF,BLOCK_NONE,BLOCK_ONLY_HIGH,BLOCK_MEDIUM_AND_ABOVE,BLOCK_LOW_AND_ABOVE",
            label = "producer",
            description =
                    "From which probability of harm on something is blocked, for the four categories that can be set "
                            + "(harassment, hate speech, sexually explicit, dangerous content). Without it the model's default.")
    private String safetyThreshold;

    @UriParam(
            prefix = "safetySettings.",
            multiValue = true,
            label = "producer",
            description = "Safety thresholds by category, which win over safetyThreshold, such as "
                    + "safetySettings.harassment=BLOCK_NONE.")
    private Map<String, Object> safetySettings;

    @UriParam(
            enums = "MINIMAL,LOW,MEDIUM,HIGH",
            label = "producer",
            description =
                    "How long the model thinks before it draws. More helps with complicated scenes and text; thinking is "
                            + "billed as output. Which levels there are depends on the model.")
    private String thinkingLevel;

    @UriParam(
            defaultValue = "false",
            label = "producer",
            description =
                    "Asks for the model's thoughts as text, kept in the exchange property CamelGeminiImageResult. Its "
                            + "interim pictures are never among the results. Does not change the price.")
    private boolean includeThoughts;

    @UriParam(
            label = "producer",
            description = "How freely the model chooses, 0 to 2. Google announced its end; newer models may refuse it.")
    private Double temperature;

    @UriParam(
            label = "producer",
            description =
                    "How much of the probability mass the model chooses from, 0 to 1. Google announced its end; newer "
                            + "models may refuse it.")
    private Double topP;

    @UriParam(
            label = "producer",
            description =
                    "How many candidates the model chooses from. Fixed for most models. Google announced its end; newer "
                            + "models may refuse it.")
    private Integer topK;

    @UriParam(
            label = "producer",
            description =
                    "A starting point for the model's choices. Accepted, but Google does not promise the same picture for "
                            + "the same seed. Of numImages pictures the first has this seed, the second the next number, and so on. "
                            + "Newer models refuse it.")
    private Integer seed;

    @UriParam(
            enums = "ALLOW_ALL,ALLOW_ADULT,ALLOW_NONE",
            label = "producer",
            description = "Which people may be drawn. Vertex AI only.")
    private String personGeneration;

    @UriParam(
            enums = "LOW,MEDIUM,HIGH",
            label = "producer",
            description = "How closely the model looks at the reference pictures; closer costs more tokens.")
    private String mediaResolution;

    @UriParam(
            enums = "standard,flex,priority",
            label = "producer",
            description =
                    "standard; flex costs half and may take 15 minutes or be refused; priority costs up to twice as much "
                            + "and is served first.")
    private String serviceTier;

    @UriParam(
            prefix = "labels.",
            multiValue = true,
            label = "producer",
            description = "Labels for the bill, such as labels.team=web. Vertex AI only.")
    private Map<String, Object> labels;

    @UriParam(
            enums = "image,list,attachments,json",
            defaultValue = "image",
            label = "producer",
            description =
                    "What the pictures become in the message: image is the picture as body, or a list of several; list is "
                            + "always a list; attachments are all pictures with file names, as mail has them, and the first as "
                            + "body too; json is an object with images (data: URIs, or what imageStore gives), description and "
                            + "output_meta.")
    private String output = "image";

    @UriParam(
            defaultValue = "false",
            label = "producer",
            description =
                    "Whether the API sends its answer piece by piece (streamGenerateContent). The result is the same; but no"
                            + " connection is idle while the model thinks, which some proxies and firewalls cut, and progressUri"
                            + " hears of thoughts and texts as they come.")
    private boolean stream;

    @UriParam(
            label = "producer,advanced",
            description =
                    "An endpoint that is told how calls get on: started, progress, thought, text, receiving, received, done, failed."
                            + " Told beside the call, which it can neither slow down nor fail.")
    private String progressUri;

    @UriParam(
            defaultValue = "false",
            label = "producer,advanced",
            description =
                    "Whether the spans of OpenTelemetry show the prompts, as gen_ai.input.messages. Whoever may read traces may"
                            + " read them then.")
    private boolean tracePrompts;

    @UriParam(
            label = "producer",
            description =
                    "Endpoint that stores pictures for output=json, such as file:pictures or direct:store. Each picture is "
                            + "sent to it as a message of its own, with Content-Type and CamelFileName; the URI that comes "
                            + "into the JSON is what it leaves in the header CamelGeminiImageUri, for file: the URL of "
                            + "the file.")
    private String imageStore;

    @UriParam(
            defaultValue = "true",
            label = "producer",
            description =
                    "Whether an unknown field in a JSON request is an error, which names the nearest known one. If false, "
                            + "unknown fields are ignored.")
    private boolean strictJson = true;

    @UriParam(
            label = "producer",
            description =
                    "The id of the conversation that chat goes on with; mostly a header. Without it chat keeps nothing, and"
                            + " a message brings the conversation along.")
    private String conversationId;

    @UriParam(
            enums = "continue,undo,reset",
            label = "producer",
            description =
                    "What chat does with the conversation before the prompt: undo takes back the last prompt and its answer,"
                            + " reset forgets all. A message without a prompt does only that. Mostly a header.")
    private String conversationAction;

    @UriParam(
            defaultValue = "20",
            label = "producer,advanced",
            description =
                    "How many answers a conversation of chat may have. Each turn sends all pictures of those before, so"
                            + " the last ones cost and take the most.")
    private int conversationMaxTurns = 20;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Where chat keeps conversations. By default in this process: up to 1,000, 2 GiB together, each up to an"
                            + " hour after its last turn. FileConversationRepository keeps them over restarts.")
    @Metadata(autowired = true)
    private ConversationRepository conversationRepository;

    @UriParam(
            defaultValue = "true",
            label = "producer",
            description =
                    "Whether a message without a picture as its answer (blocked prompt, blocked picture, words only) "
                            + "fails with an exception. If false, the body becomes null and the headers "
                            + "CamelGeminiImageFinishReason and CamelGeminiImageBlockReason say why.")
    private boolean failOnBlocked = true;

    @UriParam(
            defaultValue = "2",
            label = "producer",
            description =
                    "How often a call is tried again after overload, rate limit or a broken connection. Blocks, wrong "
                            + "requests and used up quotas are never tried again. 0 turns retries off.")
    private int maxRetries = 2;

    @UriParam(
            defaultValue = "1000",
            javaType = "java.time.Duration",
            label = "producer,advanced",
            description =
                    "Longest wait before the first retry; each further one may be twice as long. The wait itself is "
                            + "random below that, and no shorter than the server asked for.")
    private long retryInitialDelay = 1_000;

    @UriParam(
            defaultValue = "60000",
            javaType = "java.time.Duration",
            label = "producer,advanced",
            description = "Longest wait before a retry, unless the server asks for more.")
    private long retryMaxDelay = 60_000;

    @UriParam(
            defaultValue = "300000",
            javaType = "java.time.Duration",
            label = "producer",
            description =
                    "Limit of the whole call with its retries and waits; then it is cancelled and the exchange fails. A "
                            + "4K picture may take a minute, the flex tier 15.")
    private long requestTimeout = 300_000;

    @UriParam(
            defaultValue = "10000",
            javaType = "java.time.Duration",
            label = "producer,advanced",
            description = "Limit of opening one connection.")
    private long connectTimeout = 10_000;

    @UriParam(
            defaultValue = "60000",
            javaType = "java.time.Duration",
            label = "producer,advanced",
            description =
                    "How long a connection may be silent in the middle of a request or of an answer; then it has stalled, "
                            + "and the call is retried. It does not count while the model draws, so neither before an answer "
                            + "begins nor between the events of a stream; calls of a queue that draw nothing have it "
                            + "before their answer as well. 0 is no limit.")
    private long idleTimeout = 60_000;

    @UriParam(
            defaultValue = "64",
            label = "producer,advanced",
            description =
                    "Calls in flight at a time, those of all endpoints with the same connection and model counted together;"
                            + " further ones wait in order without blocking a thread.")
    private int maxConcurrentRequests = 64;

    @UriParam(
            defaultValue = "0",
            label = "producer,advanced",
            description =
                    "Calls that may begin within any minute, those of all endpoints with the same connection and model counted"
                            + " together; 0 for any number. Further ones wait in order without blocking a thread. Set it to the"
                            + " quota of your project (RPM), divided by the number of processes that share it.")
    private int requestsPerMinute;

    @UriParam(
            defaultValue = "10000",
            label = "producer,advanced",
            description =
                    "Calls that may wait for maxConcurrentRequests or requestsPerMinute; one more is refused with a"
                            + " RateLimitException.")
    private int maxQueued = 10_000;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Models to ask, separated by commas and in this order, when the model is gone, still overloaded after its"
                            + " retries, wants to be left alone for longer than fallbackPatience, or has maxQueued calls waiting. One"
                            + " that cannot draw what is asked is passed over. The header CamelGeminiImageResponseModel tells which"
                            + " one answered. Not used within a conversation, since a model does not take what another one signed.")
    private String fallbackModels;

    @UriParam(
            defaultValue = "10000",
            javaType = "java.time.Duration",
            label = "producer,advanced",
            description =
                    "How long a call waits for a model that wants to be left alone, where fallbackModels has another one that can"
                            + " draw what is asked. For a longer pause it does not wait, and asks that one at once.")
    private long fallbackPatience = 10_000;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Pictures of more bytes than this are kept in a file instead of the heap, for as long as anybody can reach them. "
                            + "By default a quarter of the largest heap of the JVM divided by maxConcurrentRequests, but at least "
                            + "128 KB and at most 16 MB. Set less where a route gathers pictures, in aggregate or behind seda, and "
                            + "more to spare the disk.")
    private Long spoolThreshold;

    @UriParam(
            defaultValue = "67108864",
            label = "advanced",
            description =
                    "A picture of more pixels than this is not decoded, neither for outputFormat nor when a route asks for a "
                            + "BufferedImage: the conversion fails. The decoder's own count decides, whatever the header says. "
                            + "By default 64 million, more than any model draws. Decoded pixels are in the heap, with 3 or 4 bytes "
                            + "each; what would take more than half of it is not decoded either.")
    private long maxPixels = GeneratedImage.MAX_PIXELS;

    @UriParam(
            defaultValue = "500000000",
            label = "producer,advanced",
            description =
                    "How many bytes the streams of a message may bring together, in body, headers and attachments, and how many "
                            + "a file may have. A message that brings more is refused while it is read, and so is one whose streams "
                            + "are not at their end within requestTimeout. By default 500 MB, the most that any service takes in a "
                            + "request. Each request of a batch may bring as much. Set less where senders are not trusted, and more "
                            + "for long videos.")
    private long maxInputBytes = InputLimits.DEFAULT_BYTES;

    @UriParam(
            defaultValue = "1073741824",
            label = "producer,advanced",
            description =
                    "When these files have more bytes together than this, the JVM is asked to collect what nobody can reach any "
                            + "more, which removes its files. It is asked again only when half as much was added. No picture is "
                            + "refused for it. With 0 it is never asked.")
    private long spoolLimit = PayloadStore.DEFAULT_SPOOL_LIMIT;

    @UriParam(
            label = "producer,advanced",
            description = "Folder for these files, which only the user of the process can read. Without it "
                    + "the JVM's folder for temporary files.")
    private String spoolDirectory;

    @UriParam(
            secret = true,
            label = "security",
            description =
                    "API key of the service: of the Gemini Developer API, of Vertex AI in express mode (with vertexAi), of a gateway, "
                            + "or of the service that the option service names. Without it the environment variables of the service "
                            + "are used: for Google GOOGLE_API_KEY and GEMINI_API_KEY, in this order; ANYFAST_API_KEY; "
                            + "AIMLAPI_API_KEY; INFERENCE_API_KEY and INFERENCESH_API_KEY; GMI_API_KEY, GMI_CLOUD_API_KEY and "
                            + "GMICLOUD_API_KEY.")
    private String apiKey;

    @UriParam(
            enums = "HEADER,QUERY,BEARER",
            label = "security",
            description =
                    "Where requests carry the API key: HEADER is x-goog-api-key, as Google wants it; QUERY is the "
                            + "parameter key, as AnyFast wants it; BEARER is Authorization. Without it as the service wants it. "
                            + "Gateways say which.")
    private ApiKeyPlacement apiKeyPlacement;

    @UriParam(
            label = "common",
            description =
                    "Whether to call Vertex AI instead of the Developer API. By default true if project, location or "
                            + "serviceAccountKey is set; true with an API key is Vertex AI in express mode.")
    private Boolean vertexAi;

    @UriParam(label = "common", description = "Google Cloud project, for Vertex AI.")
    private String project;

    @UriParam(
            label = "common",
            description = "Google Cloud location, for Vertex AI. By default global, where the Gemini 3 models are.")
    private String location;

    @UriParam(
            secret = true,
            label = "security",
            description =
                    "Service account key as JSON, for Vertex AI: a resource by classpath: (the default) or file:. Without it and without "
                            + "an API key the application default credentials are used.")
    @Metadata(supportFileReference = true)
    private String serviceAccountKey;

    @UriParam(
            label = "common",
            description =
                    "Scheme, host and path of another server that speaks the Gemini API: a gateway, or the emulator. A version at"
                            + " the end of the path, as in https://host/v1beta, is taken for the option apiVersion where that is not"
                            + " set.")
    private String baseUrl;

    @UriParam(
            label = "advanced",
            description = "Version in the path of the API. By default v1 for the Developer API, v1beta1 for Vertex AI.")
    private String apiVersion;

    @UriParam(
            prefix = "additionalHeader.",
            multiValue = true,
            secret = true,
            label = "security",
            description =
                    "Headers to send along with every call, such as additionalHeader.X-Team=web. Values are treated as "
                            + "secrets.")
    private Map<String, Object> additionalHeader;

    @UriParam(
            label = "security",
            description =
                    "The only hosts from which pictures that a message names by https: or http: are fetched, separated by "
                            + "commas; a name that begins with an asterisk and a dot stands for all hosts below a domain. "
                            + "Without it any public host. Behind a proxy, which looks up names itself, only hosts listed "
                            + "here.")
    private String allowedReferenceHosts;

    @UriParam(
            defaultValue = "false",
            label = "security",
            description =
                    "Whether pictures that a message names may be fetched from this machine and from private networks as "
                            + "well. Link-local addresses, where clouds keep credentials, stay closed. Use it together with "
                            + "allowedReferenceHosts. Hosts of referenceImages in the route itself need no permission.")
    private boolean allowPrivateReferences;

    @UriParam(
            enums = "AUTO,INLINE,FILES",
            defaultValue = "AUTO",
            label = "producer,advanced",
            description =
                    "How pictures that go along are sent to the Developer API: AUTO sends them inside the request, and "
                            + "uploads the largest with the Files API where that would be too much; INLINE never uploads; FILES "
                            + "uploads all. The same picture is uploaded once and used again until it expires, after 48 hours.")
    private ReferenceUpload referenceUpload = ReferenceUpload.AUTO;

    @UriParam(
            label = "advanced",
            description =
                    "Bucket and folder of Cloud Storage (gs://bucket/folder) for batches of Vertex AI, which reads their "
                            + "requests there and writes there what it has drawn. The files stay until you delete them. Needs project, "
                            + "and credentials that may write there; Vertex AI's service agent must be allowed to as well.")
    private String batchGcsUri;

    @UriParam(label = "proxy", description = "Host of an HTTP proxy.")
    private String proxyHost;

    @UriParam(label = "proxy", description = "Port of the HTTP proxy.")
    private Integer proxyPort;

    @UriParam(label = "security", description = "TLS: trusted certificates, client certificates, protocols.")
    private SSLContextParameters sslContextParameters;

    @UriParam(
            label = "advanced",
            description =
                    "A client of the Google SDK that is set up and closed elsewhere, such as the only one of the registry. An"
                            + " option that names a key, a server, a project or a location wins over it. Such a client cannot stream: each picture is in the heap several times over, pictures over 15 MB "
                            + "cannot be read, and the client's own retries apply.")
    @Metadata(autowired = true)
    private Client client;

    @UriParam(
            label = "producer",
            description =
                    "Where in Cloud Storage Google is to put the pictures, as gs://bucket/folder, instead of sending them. "
                            + "The body is then the URI of the picture as text, or a list of them, and no picture passes "
                            + "through this process. Vertex AI only.")
    private String outputGcsUri;

    @UriParam(
            javaType = "java.lang.String",
            defaultValue = "google",
            label = "common",
            description =
                    "Who draws: google (Developer API and Vertex AI), anyfast, aimlapi, inferencesh, gmi, another service whose jar "
                            + "is on the class path, by its name, or #bean for an ImageService of the registry. Each takes its key from apiKey, or "
                            + "from an environment variable of its own. An endpoint of another service than the component's has none "
                            + "of the component's connection options, its key least of all. The page Services says which parameters "
                            + "each one takes; others are refused before any call.")
    private Object service = DEFAULT_SERVICE;

    @UriParam(
            label = "common",
            description =
                    "The id of a batch; for batch mostly as the header CamelGeminiImageBatchId. Submitting under an "
                            + "id that is there already goes on with that batch and never makes a second one. For "
                            + "batchRetrieve, batchCancel and batchResults also the id of a job of the service that somebody "
                            + "else has submitted. A consumer with it brings the results of this batch alone; several are "
                            + "separated by commas.")
    private String batchId;

    @UriParam(
            label = "advanced",
            description = "Where batches are remembered: a BatchRepository, or one of Camel's AggregationRepositories "
                    + "such as JdbcAggregationRepository, which several processes may share and which needs the "
                    + "option idempotentRepository as well. By default in this process, or in batchFolder.")
    @Metadata(autowired = true)
    private BatchRepository batchRepository;

    @UriParam(
            label = "common",
            description =
                    "A folder in which batches are remembered over restarts, and which of their results have been "
                            + "delivered. Several processes of a machine may share it.")
    private String batchFolder;

    @UriParam(
            label = "consumer,advanced",
            description = "Which results have been delivered, by the key batch/key. By default the repository of the "
                    + "batches keeps that.")
    private IdempotentRepository idempotentRepository;

    @UriParam(
            label = "common",
            description =
                    "Which requests of a batch are asked for again, once: expired, missing, or both separated by a "
                            + "comma. To be set where the batch is submitted, so that its requests are kept, and where its "
                            + "results are brought. Requests with pictures of the message's own cannot be kept.")
    private String resubmit;

    @UriParam(
            label = "producer",
            description = "The public address that the service is to call when a batch is done, such as "
                    + "https://www.example.com/hooks/gemini-image-2f1c. It is the one at which the consumer listens "
                    + "by webhookPath.")
    private String webhook;

    @UriParam(
            label = "consumer",
            description =
                    "A path at which the consumer listens for calls of the service, by the REST consumer of Camel "
                            + "(platform-http). A call makes it look at once; without any it looks as often as delay says. "
                            + "For services that do not sign their calls, such as inference.sh, it must be one that nobody "
                            + "guesses.")
    private String webhookPath;

    @UriParam(
            label = "consumer,security",
            secret = true,
            description = "The secret (whsec_...) by which Google signs the calls of a webhook that is registered with "
                    + "it. Without it calls must have the signature that Google gives those of a batch with the "
                    + "option webhook.")
    private String webhookSecret;

    @UriParam(
            defaultValue = "65536",
            label = "consumer,advanced",
            description = "Bytes that a call to webhookPath may have.")
    private int webhookMaxPayloadSize = 65_536;

    @UriParam(
            defaultValue = "86400000",
            javaType = "java.time.Duration",
            label = "consumer",
            description = "How long a batch may take. One that takes longer is a warning in the log, a detail of the "
                    + "health check, and a meter. Google aims at 24 hours, and gives up after 48.")
    private long batchMaxAge = 86_400_000;

    @UriParam(
            defaultValue = "false",
            label = "consumer",
            description =
                    "Whether to bring the results of batches as well that nobody has submitted here: all that the "
                            + "service lists for this account. Which requests of these are missing cannot be known.")
    private boolean adoptBatches;

    @UriParam(
            label = "producer",
            description =
                    "For generate and edit: an expression of the Simple language that gives the id of the request, such as "
                            + "${header.kafka.KEY}. A request whose id was answered before is answered by what is kept in "
                            + "resultRepository or resultFolder, and not paid for again.")
    private String requestId;

    @UriParam(
            label = "producer,advanced",
            description = "Where results are kept under the ids of their requests: an InMemoryResultRepository, or a "
                    + "ResultRepository of your own. Needed, or resultFolder, for requestId.")
    @Metadata(autowired = true)
    private ResultRepository resultRepository;

    @UriParam(
            label = "producer",
            description =
                    "A folder in which results are kept under the ids of their requests, over restarts. Several processes "
                            + "of a machine may share it.")
    private String resultFolder;

    /** The component's options if these are an endpoint's copy of them; null otherwise. */
    private GeminiImageConfiguration inherited;

    public String getRequestId() {
        return requestId;
    }

    public void setRequestId(String requestId) {
        this.requestId = requestId;
    }

    public ResultRepository getResultRepository() {
        return resultRepository;
    }

    public void setResultRepository(ResultRepository resultRepository) {
        this.resultRepository = resultRepository;
    }

    public String getResultFolder() {
        return resultFolder;
    }

    public void setResultFolder(String resultFolder) {
        this.resultFolder = resultFolder;
    }

    public String getBatchId() {
        return batchId;
    }

    public void setBatchId(String batchId) {
        this.batchId = batchId;
    }

    public BatchRepository getBatchRepository() {
        return batchRepository;
    }

    public void setBatchRepository(BatchRepository batchRepository) {
        this.batchRepository = batchRepository;
    }

    public String getBatchFolder() {
        return batchFolder;
    }

    public void setBatchFolder(String batchFolder) {
        this.batchFolder = batchFolder;
    }

    public IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    public String getResubmit() {
        return resubmit;
    }

    public void setResubmit(String resubmit) {
        this.resubmit = resubmit;
    }

    public String getWebhook() {
        return webhook;
    }

    public void setWebhook(String webhook) {
        this.webhook = webhook;
    }

    public String getWebhookPath() {
        return webhookPath;
    }

    public void setWebhookPath(String webhookPath) {
        this.webhookPath = webhookPath;
    }

    public String getWebhookSecret() {
        return webhookSecret;
    }

    public void setWebhookSecret(String webhookSecret) {
        this.webhookSecret = webhookSecret;
    }

    public int getWebhookMaxPayloadSize() {
        return webhookMaxPayloadSize;
    }

    public void setWebhookMaxPayloadSize(int webhookMaxPayloadSize) {
        this.webhookMaxPayloadSize = webhookMaxPayloadSize;
    }

    public long getBatchMaxAge() {
        return batchMaxAge;
    }

    public void setBatchMaxAge(long batchMaxAge) {
        this.batchMaxAge = batchMaxAge;
    }

    public boolean isAdoptBatches() {
        return adoptBatches;
    }

    public void setAdoptBatches(boolean adoptBatches) {
        this.adoptBatches = adoptBatches;
    }

    public String getModel() {
        return model;
    }

    public void setModel(String model) {
        this.model = model;
        this.modelWritten = true;
    }

    /** Whether a route or an application has set the model, even to the default one. */
    boolean isModelWritten() {
        return modelWritten;
    }

    public String getOutputGcsUri() {
        return outputGcsUri;
    }

    public void setOutputGcsUri(String outputGcsUri) {
        this.outputGcsUri = outputGcsUri;
    }

    public String getPrompt() {
        return prompt;
    }

    public void setPrompt(String prompt) {
        this.prompt = prompt;
    }

    public String getSystemInstruction() {
        return systemInstruction;
    }

    public void setSystemInstruction(String systemInstruction) {
        this.systemInstruction = systemInstruction;
    }

    public String getReferenceImages() {
        return referenceImages;
    }

    public void setReferenceImages(String referenceImages) {
        this.referenceImages = referenceImages;
    }

    public String getAspectRatio() {
        return aspectRatio;
    }

    public void setAspectRatio(String aspectRatio) {
        this.aspectRatio = aspectRatio;
    }

    public String getImageSize() {
        return imageSize;
    }

    public void setImageSize(String imageSize) {
        this.imageSize = imageSize;
    }

    public int getNumImages() {
        return numImages;
    }

    public void setNumImages(int numImages) {
        this.numImages = numImages;
    }

    public String getPartialResults() {
        return partialResults;
    }

    public void setPartialResults(String partialResults) {
        this.partialResults = partialResults;
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

    public String getResponseModalities() {
        return responseModalities;
    }

    public void setResponseModalities(String responseModalities) {
        this.responseModalities = responseModalities;
    }

    public boolean isGoogleSearch() {
        return googleSearch;
    }

    public void setGoogleSearch(boolean googleSearch) {
        this.googleSearch = googleSearch;
    }

    public boolean isImageSearch() {
        return imageSearch;
    }

    public void setImageSearch(boolean imageSearch) {
        this.imageSearch = imageSearch;
    }

    public String getSafetyThreshold() {
        return safetyThreshold;
    }

    public void setSafetyThreshold(String safetyThreshold) {
        this.safetyThreshold = safetyThreshold;
    }

    public Map<String, Object> getSafetySettings() {
        return safetySettings;
    }

    public void setSafetySettings(Map<String, Object> safetySettings) {
        this.safetySettings = safetySettings;
    }

    public String getThinkingLevel() {
        return thinkingLevel;
    }

    public void setThinkingLevel(String thinkingLevel) {
        this.thinkingLevel = thinkingLevel;
    }

    public boolean isIncludeThoughts() {
        return includeThoughts;
    }

    public void setIncludeThoughts(boolean includeThoughts) {
        this.includeThoughts = includeThoughts;
    }

    public Double getTemperature() {
        return temperature;
    }

    public void setTemperature(Double temperature) {
        this.temperature = temperature;
    }

    public Double getTopP() {
        return topP;
    }

    public void setTopP(Double topP) {
        this.topP = topP;
    }

    public Integer getTopK() {
        return topK;
    }

    public void setTopK(Integer topK) {
        this.topK = topK;
    }

    public Integer getSeed() {
        return seed;
    }

    public void setSeed(Integer seed) {
        this.seed = seed;
    }

    public String getPersonGeneration() {
        return personGeneration;
    }

    public void setPersonGeneration(String personGeneration) {
        this.personGeneration = personGeneration;
    }

    public String getMediaResolution() {
        return mediaResolution;
    }

    public void setMediaResolution(String mediaResolution) {
        this.mediaResolution = mediaResolution;
    }

    public String getServiceTier() {
        return serviceTier;
    }

    public void setServiceTier(String serviceTier) {
        this.serviceTier = serviceTier;
    }

    public Map<String, Object> getLabels() {
        return labels;
    }

    public void setLabels(Map<String, Object> labels) {
        this.labels = labels;
    }

    public String getOutput() {
        return output;
    }

    public void setOutput(String output) {
        this.output = output;
    }

    public String getImageStore() {
        return imageStore;
    }

    public void setImageStore(String imageStore) {
        this.imageStore = imageStore;
    }

    public boolean isStrictJson() {
        return strictJson;
    }

    public void setStrictJson(boolean strictJson) {
        this.strictJson = strictJson;
    }

    public boolean isStream() {
        return stream;
    }

    public void setStream(boolean stream) {
        this.stream = stream;
    }

    public boolean isTracePrompts() {
        return tracePrompts;
    }

    public void setTracePrompts(boolean tracePrompts) {
        this.tracePrompts = tracePrompts;
    }

    public String getProgressUri() {
        return progressUri;
    }

    public void setProgressUri(String progressUri) {
        this.progressUri = progressUri;
    }

    public String getConversationId() {
        return conversationId;
    }

    public void setConversationId(String conversationId) {
        this.conversationId = conversationId;
    }

    public String getConversationAction() {
        return conversationAction;
    }

    public void setConversationAction(String conversationAction) {
        this.conversationAction = conversationAction;
    }

    public int getConversationMaxTurns() {
        return conversationMaxTurns;
    }

    public void setConversationMaxTurns(int conversationMaxTurns) {
        this.conversationMaxTurns = conversationMaxTurns;
    }

    public ConversationRepository getConversationRepository() {
        return conversationRepository;
    }

    public void setConversationRepository(ConversationRepository conversationRepository) {
        this.conversationRepository = conversationRepository;
    }

    public boolean isFailOnBlocked() {
        return failOnBlocked;
    }

    public void setFailOnBlocked(boolean failOnBlocked) {
        this.failOnBlocked = failOnBlocked;
    }

    public int getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    public long getRetryInitialDelay() {
        return retryInitialDelay;
    }

    public void setRetryInitialDelay(long retryInitialDelay) {
        this.retryInitialDelay = retryInitialDelay;
    }

    public long getRetryMaxDelay() {
        return retryMaxDelay;
    }

    public void setRetryMaxDelay(long retryMaxDelay) {
        this.retryMaxDelay = retryMaxDelay;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(long idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public int getMaxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    public void setMaxConcurrentRequests(int maxConcurrentRequests) {
        this.maxConcurrentRequests = maxConcurrentRequests;
    }

    public int getRequestsPerMinute() {
        return requestsPerMinute;
    }

    public void setRequestsPerMinute(int requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
    }

    public int getMaxQueued() {
        return maxQueued;
    }

    public void setMaxQueued(int maxQueued) {
        this.maxQueued = maxQueued;
    }

    public String getFallbackModels() {
        return fallbackModels;
    }

    public void setFallbackModels(String fallbackModels) {
        this.fallbackModels = fallbackModels;
    }

    public long getFallbackPatience() {
        return fallbackPatience;
    }

    public void setFallbackPatience(long fallbackPatience) {
        this.fallbackPatience = fallbackPatience;
    }

    public long getMaxPixels() {
        return maxPixels;
    }

    public void setMaxPixels(long maxPixels) {
        this.maxPixels = maxPixels;
    }

    public long getMaxInputBytes() {
        return maxInputBytes;
    }

    public void setMaxInputBytes(long maxInputBytes) {
        this.maxInputBytes = maxInputBytes;
    }

    public Long getSpoolThreshold() {
        return spoolThreshold;
    }

    public void setSpoolThreshold(Long spoolThreshold) {
        this.spoolThreshold = spoolThreshold;
    }

    public long getSpoolLimit() {
        return spoolLimit;
    }

    public void setSpoolLimit(long spoolLimit) {
        this.spoolLimit = spoolLimit;
    }

    public String getSpoolDirectory() {
        return spoolDirectory;
    }

    public void setSpoolDirectory(String spoolDirectory) {
        this.spoolDirectory = spoolDirectory;
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

    public Boolean getVertexAi() {
        return vertexAi;
    }

    public void setVertexAi(Boolean vertexAi) {
        this.vertexAi = vertexAi;
    }

    public String getProject() {
        return project;
    }

    public void setProject(String project) {
        this.project = project;
    }

    public String getLocation() {
        return location;
    }

    public void setLocation(String location) {
        this.location = location;
    }

    public String getServiceAccountKey() {
        return serviceAccountKey;
    }

    public void setServiceAccountKey(String serviceAccountKey) {
        this.serviceAccountKey = serviceAccountKey;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public String getApiVersion() {
        return apiVersion;
    }

    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    public Map<String, Object> getAdditionalHeader() {
        return additionalHeader;
    }

    public void setAdditionalHeader(Map<String, Object> additionalHeader) {
        this.additionalHeader = additionalHeader;
    }

    public String getAllowedReferenceHosts() {
        return allowedReferenceHosts;
    }

    public void setAllowedReferenceHosts(String allowedReferenceHosts) {
        this.allowedReferenceHosts = allowedReferenceHosts;
    }

    public boolean isAllowPrivateReferences() {
        return allowPrivateReferences;
    }

    public void setAllowPrivateReferences(boolean allowPrivateReferences) {
        this.allowPrivateReferences = allowPrivateReferences;
    }

    public String getBatchGcsUri() {
        return batchGcsUri;
    }

    public void setBatchGcsUri(String batchGcsUri) {
        this.batchGcsUri = batchGcsUri;
    }

    public ReferenceUpload getReferenceUpload() {
        return referenceUpload;
    }

    public void setReferenceUpload(ReferenceUpload referenceUpload) {
        this.referenceUpload = referenceUpload;
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

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public Client getClient() {
        return client;
    }

    public void setClient(Client client) {
        this.client = client;
    }

    public Object getService() {
        return service;
    }

    /** The name of a service, or one. An endpoint of another service than its component's loses what it has of that one's connection. */
    public void setService(Object service) {
        if (inherited != null && !Objects.equals(service, inherited.service)) {
            forgetInherited();
        }
        this.service = service;
    }

    /** A copy for an endpoint. It inherits the connection options as long as both use the same service. */
    GeminiImageConfiguration forEndpoint() {
        GeminiImageConfiguration copy = copy();
        copy.inherited = copy();
        return copy;
    }

    /** Resets the inherited options that lead to another service, in particular its key. */
    private void forgetInherited() {
        GeminiImageConfiguration from = inherited;
        inherited = null;
        GeminiImageConfiguration none = new GeminiImageConfiguration();
        apiKey = own(apiKey, from.apiKey, none.apiKey);
        apiKeyPlacement = own(apiKeyPlacement, from.apiKeyPlacement, none.apiKeyPlacement);
        vertexAi = own(vertexAi, from.vertexAi, none.vertexAi);
        project = own(project, from.project, none.project);
        location = own(location, from.location, none.location);
        serviceAccountKey = own(serviceAccountKey, from.serviceAccountKey, none.serviceAccountKey);
        baseUrl = own(baseUrl, from.baseUrl, none.baseUrl);
        apiVersion = own(apiVersion, from.apiVersion, none.apiVersion);
        referenceUpload = own(referenceUpload, from.referenceUpload, none.referenceUpload);
        batchGcsUri = own(batchGcsUri, from.batchGcsUri, none.batchGcsUri);
        sslContextParameters = own(sslContextParameters, from.sslContextParameters, none.sslContextParameters);
        client = own(client, from.client, none.client);
        outputGcsUri = own(outputGcsUri, from.outputGcsUri, none.outputGcsUri);
        if (additionalHeader != null && from.additionalHeader != null) {
            Map<String, Object> headers = new LinkedHashMap<>(additionalHeader);
            headers.entrySet().removeAll(from.additionalHeader.entrySet());
            additionalHeader = headers.isEmpty() ? null : headers;
        }
    }

    private static <T> T own(T value, T inherited, T none) {
        return Objects.equals(value, inherited) ? none : value;
    }

    /** An independent copy. */
    public GeminiImageConfiguration copy() {
        try {
            return (GeminiImageConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }
}

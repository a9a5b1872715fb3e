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
                    "The id of the model. For the models of the model catalog, the component checks sizes, aspect "
                            + "ratios and limits, and estimates costs. Any other id is passed to the service as it is. If this "
                            + "option is not set and the service no longer offers the default model, the component uses the "
                            + "successor and logs a warning. A model that you set is never replaced, unless fallbackModels is "
                            + "set. Google deprecates models about once a year, so consider a property placeholder.")
    private String model = "gemini-3.1-flash-image";

    private boolean modelWritten;

    @UriParam(
            label = "producer",
            description =
                    "The prompt: what to generate, or what to change in the images of the message. If set, the body "
                            + "can be an image. By default the prompt is the text of the body.")
    private String prompt;

    @UriParam(
            label = "producer",
            description =
                    "A system instruction: guidance that the model follows for every prompt, such as a house style.")
    private String systemInstruction;

    @UriParam(
            label = "producer",
            description =
                    "Reference images to send with each prompt, separated by commas. They come after the images of "
                            + "the body and the attachments. Each is an http: or https: URL, a data: URI, a gs:// object "
                            + "(Vertex AI) or a file of the Files API (files/name). This option, unlike messages, also accepts "
                            + "file:, classpath: and ref: with the name of a bean in the registry.")
    private String referenceImages;

    @UriParam(
            enums = "auto,1:1,2:3,3:2,3:4,4:3,4:5,5:4,9:16,16:9,21:9,1:4,4:1,1:8,8:1,9:21",
            label = "producer",
            description =
                    "Aspect ratio of the image, as width:height. With auto it is the supported ratio that is nearest "
                            + "to that of the first reference image. By default the model chooses by the prompt, or keeps the "
                            + "ratio of the image that it edits.")
    private String aspectRatio;

    @UriParam(
            enums = "512,1K,2K,4K",
            label = "producer",
            description =
                    "Size of the image. Larger images cost more and take longer. By default the model uses its own "
                            + "default, 1K.")
    private String imageSize;

    @UriParam(
            defaultValue = "1",
            label = "producer",
            description =
                    "Number of images to generate for each message, 1 to 8. The component makes one billed call for "
                            + "each image, in parallel. If there are several images, the body is a list.")
    private int numImages = 1;

    @UriParam(
            enums = "fail,keep",
            defaultValue = "fail",
            label = "producer",
            description = "What happens if some of several images fail. With fail the message fails, and the remaining "
                    + "calls are cancelled. With keep the result contains the images that succeeded, and the failures.")
    private String partialResults = "fail";

    @UriParam(
            enums = "png,jpeg,webp",
            label = "producer",
            description =
                    "Format of the image. By default the format that the model returns: JPEG for Gemini 3, PNG for "
                            + "Gemini 2.5. Vertex AI returns the requested format itself. For other services the component "
                            + "converts an image of another format, which needs memory for the decoded pixels. The component "
                            + "always converts to WebP itself. This needs an ImageIO plug-in such as "
                            + "com.github.usefulness:webp-imageio.")
    private String outputFormat;

    @UriParam(
            label = "producer",
            description = "JPEG quality, 1 to 100. Vertex AI applies it itself. For other services it is used if the "
                    + "component converts the image to JPEG.")
    private Integer outputQuality;

    @UriParam(
            defaultValue = "TEXT,IMAGE",
            label = "producer",
            description = "What the answer may contain. With TEXT the model may add text, which is in the header "
                    + "CamelGeminiImageText. IMAGE alone saves the tokens of the text.")
    private String responseModalities = "TEXT,IMAGE";

    @UriParam(
            defaultValue = "false",
            label = "producer",
            description = "Lets the model use Google Search first, for example for places, people, weather and news. "
                    + "Searches beyond a monthly allowance are billed. Google requires you to show its search "
                    + "suggestions with the result.")
    private boolean googleSearch;

    @UriParam(
            defaultValue = "false",
            label = "producer",
            description = "Lets the model search for images with Google Search first. Billed like googleSearch.")
    private boolean imageSearch;

    @UriParam(
            enums = "OFF,BLOCK_NONE,BLOCK_ONLY_HIGH,BLOCK_MEDIUM_AND_ABOVE,BLOCK_LOW_AND_ABOVE",
            label = "producer",
            description =
                    "The probability of harm from which content is blocked. It applies to the four categories that "
                            + "can be set: harassment, hate speech, sexually explicit and dangerous content. By default the "
                            + "threshold of the model.")
    private String safetyThreshold;

    @UriParam(
            prefix = "safetySettings.",
            multiValue = true,
            label = "producer",
            description = "Safety thresholds by category, such as safetySettings.harassment=BLOCK_NONE. They take "
                    + "precedence over safetyThreshold.")
    private Map<String, Object> safetySettings;

    @UriParam(
            enums = "MINIMAL,LOW,MEDIUM,HIGH",
            label = "producer",
            description =
                    "How much the model thinks before it generates the image. A higher level helps with complicated "
                            + "scenes and text. Thinking is billed as output. The available levels depend on the model.")
    private String thinkingLevel;

    @UriParam(
            defaultValue = "false",
            label = "producer",
            description = "Whether to request the model's thoughts as text. They are in the exchange property "
                    + "CamelGeminiImageResult. Interim images of the thoughts are never part of the result. This option "
                    + "does not change the price.")
    private boolean includeThoughts;

    @UriParam(
            label = "producer",
            description =
                    "How random the model's choices are, 0 to 2. Google has announced the end of this parameter, and "
                            + "newer models may refuse it.")
    private Double temperature;

    @UriParam(
            label = "producer",
            description =
                    "Top-p sampling: the share of the probability mass that the model chooses from, 0 to 1. Google "
                            + "has announced the end of this parameter, and newer models may refuse it.")
    private Double topP;

    @UriParam(
            label = "producer",
            description =
                    "Top-k sampling: the number of candidates that the model chooses from. Most models use a fixed "
                            + "value. Google has announced the end of this parameter, and newer models may refuse it.")
    private Integer topK;

    @UriParam(
            label = "producer",
            description =
                    "Seed for the model's choices. Google does not promise the same image for the same seed. With "
                            + "numImages, the first image uses this seed, the second the next number, and so on. Newer models "
                            + "refuse this parameter.")
    private Integer seed;

    @UriParam(
            enums = "ALLOW_ALL,ALLOW_ADULT,ALLOW_NONE",
            label = "producer",
            description = "Which people the model may generate. Vertex AI only.")
    private String personGeneration;

    @UriParam(
            enums = "LOW,MEDIUM,HIGH",
            label = "producer",
            description = "How closely the model looks at the reference images. A higher resolution costs more tokens.")
    private String mediaResolution;

    @UriParam(
            enums = "standard,flex,priority",
            label = "producer",
            description =
                    "The service tier of the call. The tier flex costs half, may take 15 minutes, and may be refused. "
                            + "The tier priority costs up to twice as much and is served first.")
    private String serviceTier;

    @UriParam(
            prefix = "labels.",
            multiValue = true,
            label = "producer",
            description = "Billing labels, such as labels.team=web. Vertex AI only.")
    private Map<String, Object> labels;

    @UriParam(
            enums = "image,list,attachments,json",
            defaultValue = "image",
            label = "producer",
            description = "What the body of the message becomes. With image it is the image, or a list if there are "
                    + "several. With list it is always a list. With attachments all images become attachments with file "
                    + "names, as in mail, and the first one is also the body. With json it is an object with images "
                    + "(data: URIs, or the URIs of imageStore), description and output_meta.")
    private String output = "image";

    @UriParam(
            defaultValue = "false",
            label = "producer",
            description =
                    "Whether the service streams its answer (streamGenerateContent). The result is the same. With "
                            + "streaming the connection is not idle while the model thinks, so proxies and firewalls do not cut "
                            + "it. Thoughts and texts reach progressUri as they arrive.")
    private boolean stream;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Endpoint that receives progress messages of calls: started, progress, thought, text, receiving, "
                            + "received, done, failed. They are sent beside the call, and can neither delay it nor make it "
                            + "fail.")
    private String progressUri;

    @UriParam(
            defaultValue = "false",
            label = "producer,advanced",
            description =
                    "Whether OpenTelemetry spans contain the prompts, as gen_ai.input.messages. If true, anyone who "
                            + "can read the traces can read the prompts.")
    private boolean tracePrompts;

    @UriParam(
            label = "producer",
            description = "Endpoint that stores the images for output=json, such as file:pictures or direct:store. It "
                    + "receives each image as a separate message with Content-Type and CamelFileName. The JSON contains "
                    + "the URI that this endpoint sets in the header CamelGeminiImageUri. For a file: endpoint it "
                    + "contains the URL of the file.")
    private String imageStore;

    @UriParam(
            defaultValue = "true",
            label = "producer",
            description = "Whether an unknown field in a JSON request is an error. The error message names the nearest "
                    + "known field. If false, unknown fields are ignored.")
    private boolean strictJson = true;

    @UriParam(
            label = "producer",
            description =
                    "The id of the conversation that chat continues. It is usually set as a header. Without an id "
                            + "chat stores nothing, and each message contains its conversation.")
    private String conversationId;

    @UriParam(
            enums = "continue,undo,reset",
            label = "producer",
            description =
                    "What chat does with the conversation before the prompt. With undo it removes the last prompt and "
                            + "its answer. With reset it deletes the conversation. A message without a prompt only does this. "
                            + "It is usually set as a header.")
    private String conversationAction;

    @UriParam(
            defaultValue = "20",
            label = "producer,advanced",
            description =
                    "Maximum number of answers in a conversation of chat. A further prompt fails. Each turn sends the "
                            + "images of all earlier turns again, so later turns cost more and take longer.")
    private int conversationMaxTurns = 20;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Stores the conversations of chat. By default they are in memory: up to 1,000 conversations and 2 "
                            + "GiB in total, each for up to an hour after its last turn. A FileConversationRepository keeps "
                            + "them across restarts.")
    @Metadata(autowired = true)
    private ConversationRepository conversationRepository;

    @UriParam(
            defaultValue = "true",
            label = "producer",
            description =
                    "Whether the exchange fails if the answer has no image: the prompt or the image was blocked, or "
                            + "the model answered with text only. If false, the body is null, and the headers "
                            + "CamelGeminiImageFinishReason and CamelGeminiImageBlockReason give the reason.")
    private boolean failOnBlocked = true;

    @UriParam(
            defaultValue = "2",
            label = "producer",
            description = "Maximum number of retries after an overload, a rate limit or a broken connection. Blocked "
                    + "answers, invalid requests and exhausted quotas are never retried. 0 turns retries off.")
    private int maxRetries = 2;

    @UriParam(
            defaultValue = "1000",
            javaType = "java.time.Duration",
            label = "producer,advanced",
            description = "Maximum delay before the first retry. The maximum doubles with each further retry, up to "
                    + "retryMaxDelay. The actual delay is random below the maximum, and never shorter than the server "
                    + "requests.")
    private long retryInitialDelay = 1_000;

    @UriParam(
            defaultValue = "60000",
            javaType = "java.time.Duration",
            label = "producer,advanced",
            description =
                    "Upper limit of the delay before a retry. The delay is longer only if the server requests it.")
    private long retryMaxDelay = 60_000;

    @UriParam(
            defaultValue = "300000",
            javaType = "java.time.Duration",
            label = "producer",
            description =
                    "Time-out for the whole call, including retries and waits. When it expires, the call is cancelled "
                            + "and the exchange fails. A 4K image may take a minute, and a call of the flex tier 15 minutes.")
    private long requestTimeout = 300_000;

    @UriParam(
            defaultValue = "10000",
            javaType = "java.time.Duration",
            label = "producer,advanced",
            description = "Time-out for opening one connection.")
    private long connectTimeout = 10_000;

    @UriParam(
            defaultValue = "60000",
            javaType = "java.time.Duration",
            label = "producer,advanced",
            description =
                    "How long a connection may be silent while a request is sent or an answer arrives. When this time "
                            + "expires, the call has stalled and is retried. Time in which the model works does not count: "
                            + "before an answer begins, and between the events of a stream. For services with a queue, the "
                            + "limit also applies before the answer of a call that does not wait for the model, such as a "
                            + "status poll. The value 0 means no limit.")
    private long idleTimeout = 60_000;

    @UriParam(
            defaultValue = "64",
            label = "producer,advanced",
            description =
                    "Maximum number of calls in flight at the same time. All endpoints with the same connection and "
                            + "model share this limit. Further calls wait in order without blocking a thread.")
    private int maxConcurrentRequests = 64;

    @UriParam(
            defaultValue = "0",
            label = "producer,advanced",
            description =
                    "Maximum number of calls that may begin within any minute. 0 means no limit. All endpoints with "
                            + "the same connection and model share this limit. Further calls wait in order without blocking a "
                            + "thread. Set it to your project's quota (RPM), divided by the number of processes that share the "
                            + "quota.")
    private int requestsPerMinute;

    @UriParam(
            defaultValue = "10000",
            label = "producer,advanced",
            description = "Maximum number of calls that wait because of maxConcurrentRequests or requestsPerMinute. A "
                    + "further call fails with a RateLimitException.")
    private int maxQueued = 10_000;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Models to use instead of the model, separated by commas, in this order. A fallback is used if "
                            + "the model no longer exists, is still overloaded after all retries, requests a pause longer than "
                            + "fallbackPatience, or has maxQueued calls waiting. A model that does not support the request is "
                            + "skipped. The header CamelGeminiImageResponseModel contains the model that answered. Not used "
                            + "within a conversation, because a model does not accept the thought signatures of another one.")
    private String fallbackModels;

    @UriParam(
            defaultValue = "10000",
            javaType = "java.time.Duration",
            label = "producer,advanced",
            description = "Maximum pause that a call waits for, if the service requests a pause for the model and "
                    + "fallbackModels has another model that supports the request. If the pause is longer, the call "
                    + "uses the other model at once.")
    private long fallbackPatience = 10_000;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Images with more bytes than this are kept in spool files instead of the heap, as long as they "
                            + "are reachable. By default a quarter of the maximum heap divided by maxConcurrentRequests, at "
                            + "least 128 KB and at most 16 MB. Set it lower if a route collects images, as with aggregate or "
                            + "seda. Set it higher to reduce disk use.")
    private Long spoolThreshold;

    @UriParam(
            defaultValue = "67108864",
            label = "advanced",
            description =
                    "Maximum number of pixels of an image that is decoded, for outputFormat or when a route asks for "
                            + "a BufferedImage. The conversion of a larger image fails. The number of pixels is that of the "
                            + "decoder, not that of the image header. By default 64 million, more than any model generates. "
                            + "Decoded pixels take 3 or 4 bytes of heap each. An image whose pixels need more than half of the "
                            + "heap is not decoded either.")
    private long maxPixels = GeneratedImage.MAX_PIXELS;

    @UriParam(
            defaultValue = "500000000",
            label = "producer,advanced",
            description =
                    "Maximum number of bytes in all streams of a message together: body, headers and attachments. A "
                            + "map, a list or a JSON tree counts with the size of its JSON, in which images are Base64. It "
                            + "is also the maximum size of a file. A message with more bytes is refused while it is read. So is "
                            + "a message whose streams do not end within requestTimeout. By default 500 MB, the largest request "
                            + "of any service. In a batch the limit applies to each request. Set it lower if senders are not "
                            + "trusted, and higher for long videos.")
    private long maxInputBytes = InputLimits.DEFAULT_BYTES;

    @UriParam(
            defaultValue = "1073741824",
            label = "producer,advanced",
            description = "Total size of the spool files in bytes. If they exceed it, the component asks the JVM for a "
                    + "garbage collection, which removes the files of unreachable images. It asks again only when half "
                    + "as much was added. No image is refused because of this limit. 0 means that it never asks.")
    private long spoolLimit = PayloadStore.DEFAULT_SPOOL_LIMIT;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Folder for spool files. Only the user of the process can read the files. By default the folder "
                            + "for temporary files of the JVM.")
    private String spoolDirectory;

    @UriParam(
            secret = true,
            label = "security",
            description = "API key of the service: of the Gemini Developer API, of Vertex AI in express mode (with "
                    + "vertexAi), of a gateway, or of another service. By default the key is taken from an environment "
                    + "variable of the service. For google these are GOOGLE_API_KEY and GEMINI_API_KEY, in this order. "
                    + "For anyfast it is ANYFAST_API_KEY, and for aimlapi AIMLAPI_API_KEY. For inferencesh they are "
                    + "INFERENCE_API_KEY and INFERENCESH_API_KEY. For gmi they are GMI_API_KEY, GMI_CLOUD_API_KEY and "
                    + "GMICLOUD_API_KEY.")
    private String apiKey;

    @UriParam(
            enums = "HEADER,QUERY,BEARER",
            label = "security",
            description =
                    "Where requests carry the API key. HEADER is the header x-goog-api-key, as for Google. QUERY is "
                            + "the query parameter key, as for AnyFast. BEARER is the header Authorization. By default as the "
                            + "service requires. For a gateway, see its documentation.")
    private ApiKeyPlacement apiKeyPlacement;

    @UriParam(
            label = "common",
            description = "Whether to call Vertex AI instead of the Gemini Developer API. By default true if project, "
                    + "location or serviceAccountKey is set. If true and an API key is set, this is Vertex AI in "
                    + "express mode.")
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
            description = "Service account key for Vertex AI, as a JSON resource: classpath: (the default) or file:. "
                    + "Without it and without an API key, the component uses the application default credentials.")
    @Metadata(supportFileReference = true)
    private String serviceAccountKey;

    @UriParam(
            label = "common",
            description =
                    "URL of another server that speaks the API of the service: scheme, host and path of a gateway or "
                            + "of the emulator. For the Gemini API, a version at the end of the path, as in "
                            + "https://host/v1beta, is used as apiVersion if that option is not set.")
    private String baseUrl;

    @UriParam(
            label = "advanced",
            description = "Version in the path of the Gemini API. By default v1 for the Developer API and v1beta1 for "
                    + "Vertex AI.")
    private String apiVersion;

    @UriParam(
            prefix = "additionalHeader.",
            multiValue = true,
            secret = true,
            label = "security",
            description = "HTTP headers to send with every call, such as additionalHeader.X-Team=web. The values are "
                    + "treated as secrets.")
    private Map<String, Object> additionalHeader;

    @UriParam(
            label = "security",
            description =
                    "The only hosts from which the component fetches images that a message names by http: or https:, "
                            + "separated by commas. A name that begins with an asterisk and a dot matches all hosts below a "
                            + "domain. By default any public host is allowed. Behind a proxy, which resolves host names itself, "
                            + "only hosts of this list are allowed.")
    private String allowedReferenceHosts;

    @UriParam(
            defaultValue = "false",
            label = "security",
            description = "Whether images that a message names may also be fetched from this machine and from private "
                    + "networks. Link-local addresses stay blocked, because clouds offer credentials there. Use it "
                    + "together with allowedReferenceHosts. It is not needed for the hosts of the option "
                    + "referenceImages.")
    private boolean allowPrivateReferences;

    @UriParam(
            enums = "AUTO,INLINE,FILES",
            defaultValue = "AUTO",
            label = "producer,advanced",
            description =
                    "How reference images are sent to the Gemini Developer API. AUTO sends them inside the request, "
                            + "and uploads the largest ones with the Files API if the request would be too large. INLINE never "
                            + "uploads. FILES uploads all. Each image is uploaded once, and reused until it expires after 48 "
                            + "hours.")
    private ReferenceUpload referenceUpload = ReferenceUpload.AUTO;

    @UriParam(
            label = "advanced",
            description = "Folder in Cloud Storage (gs://bucket/folder) for batches of Vertex AI. Vertex AI reads the "
                    + "requests from there and writes the results there. The files stay until you delete them. It "
                    + "requires project, and credentials with write access. The service agent of Vertex AI needs write "
                    + "access too.")
    private String batchGcsUri;

    @UriParam(label = "proxy", description = "Host of an HTTP proxy.")
    private String proxyHost;

    @UriParam(label = "proxy", description = "Port of the HTTP proxy.")
    private Integer proxyPort;

    @UriParam(label = "security", description = "TLS settings: trusted certificates, client certificates, protocols.")
    private SSLContextParameters sslContextParameters;

    @UriParam(
            label = "advanced",
            description =
                    "A client of the Google Gen AI SDK that you configure and close yourself. By default the only one "
                            + "in the registry, if there is one. Options that name a key, a server, a project or a location "
                            + "take precedence over it. With such a client, answers are not streamed, each image is in the heap "
                            + "several times, images over 15 MB cannot be read, and the retries of the client apply.")
    @Metadata(autowired = true)
    private Client client;

    @UriParam(
            label = "producer",
            description =
                    "Folder in Cloud Storage (gs://bucket/folder) where Google stores the images instead of sending "
                            + "them. The body is then the URI of the image as text, or a list of URIs. No image passes through "
                            + "this process. Vertex AI only.")
    private String outputGcsUri;

    @UriParam(
            javaType = "java.lang.String",
            defaultValue = "google",
            label = "common",
            description =
                    "The service that generates the images: google (Gemini Developer API and Vertex AI), anyfast, "
                            + "aimlapi, inferencesh, gmi, or the name of another service on the class path. It can also be "
                            + "#bean for an ImageService in the registry. Each service takes its key from apiKey or from its "
                            + "own environment variable. An endpoint with another service than the component inherits none of "
                            + "the component's connection options, such as apiKey. The page Services lists the parameters that "
                            + "each service supports. Other parameters are refused before any call.")
    private Object service = DEFAULT_SERVICE;

    @UriParam(
            label = "common",
            description =
                    "The id of a batch. For batch it is usually set as the header CamelGeminiImageBatchId. If a batch "
                            + "with this id exists, a new submission continues it and never creates a second one. The "
                            + "operations batchRetrieve, batchCancel and batchResults also accept the id of a job that was "
                            + "submitted elsewhere. A consumer with this option delivers the results of this batch only. It "
                            + "accepts several ids, separated by commas.")
    private String batchId;

    @UriParam(
            label = "advanced",
            description =
                    "Stores the state of batches: a BatchRepository, or one of Camel's AggregationRepositories such "
                            + "as JdbcAggregationRepository. Several processes may share an AggregationRepository. It also "
                            + "requires the option idempotentRepository. By default the state is in memory, or in batchFolder.")
    @Metadata(autowired = true)
    private BatchRepository batchRepository;

    @UriParam(
            label = "common",
            description =
                    "Folder that stores the state of batches across restarts, and which of their results have been "
                            + "delivered. Several processes of one machine may share it.")
    private String batchFolder;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "Stores which results have been delivered, by the key batch/key. By default the repository of the "
                            + "batches stores it.")
    private IdempotentRepository idempotentRepository;

    @UriParam(
            label = "common",
            description = "Which requests of a batch are submitted once more: expired, missing, or both separated by a "
                    + "comma. Set it where the batch is submitted, so that its requests are kept, and on the consumer "
                    + "of its results. Requests with images from the message itself cannot be kept.")
    private String resubmit;

    @UriParam(
            label = "producer",
            description = "The public URL that the service calls when a batch is done, such as "
                    + "https://www.example.com/hooks/gemini-image-2f1c. The consumer listens at this URL with the "
                    + "option webhookPath.")
    private String webhook;

    @UriParam(
            label = "consumer",
            description = "Path at which the consumer listens for webhook calls of the service, through Camel's REST "
                    + "consumer (platform-http). A call triggers a poll at once. Without calls the consumer polls as "
                    + "often as the option delay says. If the service does not sign its calls, such as inference.sh, "
                    + "use a path that cannot be guessed.")
    private String webhookPath;

    @UriParam(
            label = "consumer,security",
            secret = true,
            description =
                    "The secret (whsec_...) with which Google signs the calls of a registered webhook. Without it, "
                            + "calls must have the signature that Google uses for batches with the option webhook.")
    private String webhookSecret;

    @UriParam(
            defaultValue = "65536",
            label = "consumer,advanced",
            description = "Maximum size in bytes of a call to webhookPath.")
    private int webhookMaxPayloadSize = 65_536;

    @UriParam(
            defaultValue = "86400000",
            javaType = "java.time.Duration",
            label = "consumer",
            description =
                    "How long a batch may take. If a batch takes longer, the component logs a warning and reports it "
                            + "in the health check and in a meter. Google aims at 24 hours, and gives up after 48 hours.")
    private long batchMaxAge = 86_400_000;

    @UriParam(
            defaultValue = "false",
            label = "consumer",
            description =
                    "Whether to also deliver the results of batches that were not submitted here: all batches that "
                            + "the service lists for this account. The consumer cannot know which of their requests are "
                            + "missing.")
    private boolean adoptBatches;

    @UriParam(
            label = "producer",
            description =
                    "For generate and edit: an expression of the Simple language that gives the id of the request, "
                            + "such as ${header.kafka.KEY}. If a request with this id was answered before, the result comes "
                            + "from resultRepository or resultFolder, and is not billed again.")
    private String requestId;

    @UriParam(
            label = "producer,advanced",
            description = "Stores results under the ids of their requests: an InMemoryResultRepository, or your own "
                    + "ResultRepository. The option requestId requires resultRepository or resultFolder.")
    @Metadata(autowired = true)
    private ResultRepository resultRepository;

    @UriParam(
            label = "producer",
            description =
                    "Folder that stores results under the ids of their requests, across restarts. Several processes "
                            + "of one machine may share it.")
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

    /**
     * Sets the service by name or as an object. An endpoint with another service than its component's does not inherit
     * that one's connection options.
     */
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

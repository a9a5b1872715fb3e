package io.github.camelgemini.image;

import io.github.camelgemini.image.produce.ProgressHeaders;
import io.github.camelgemini.image.request.BatchHeaders;
import io.github.camelgemini.image.request.RequestHeaders;
import io.github.camelgemini.image.result.ResultHeaders;
import org.apache.camel.spi.Metadata;

/** The headers that the component reads and sets. */
public final class GeminiImageHeaders {

    // Headers that a message may set. Each overrides the endpoint option of the same name.

    @Metadata(description = "The id of the model. Overrides the option model.", javaType = "String", label = "producer")
    public static final String MODEL = "CamelGeminiImageModel";

    @Metadata(
            description = "The prompt. Overrides the option prompt and the body, so that the body can be an image.",
            javaType = "String",
            label = "producer")
    public static final String PROMPT = "CamelGeminiImagePrompt";

    @Metadata(
            description = "The system instruction. Overrides the option systemInstruction.",
            javaType = "String",
            label = "producer")
    public static final String SYSTEM_INSTRUCTION = "CamelGeminiImageSystemInstruction";

    @Metadata(
            description = "Reference images, as a list or as text separated by commas. Overrides the option "
                    + "referenceImages. Each is an http: or https: URL of a public host, a data: URI, a gs:// object "
                    + "(Vertex AI) or a file of the Files API. A message cannot name local files.",
            javaType = "String",
            label = "producer")
    public static final String REFERENCE_IMAGES = "CamelGeminiImageReferenceImages";

    @Metadata(
            description = "The aspect ratio, such as 16:9, or auto. Overrides the option aspectRatio.",
            javaType = "String",
            label = "producer")
    public static final String ASPECT_RATIO = "CamelGeminiImageAspectRatio";

    @Metadata(
            description = "The size: 512, 1K, 2K or 4K. Overrides the option imageSize.",
            javaType = "String",
            label = "producer")
    public static final String IMAGE_SIZE = "CamelGeminiImageImageSize";

    @Metadata(
            description = "Number of images to generate, 1 to 8. Each image is a billed call. Overrides the option "
                    + "numImages.",
            javaType = "Integer",
            label = "producer")
    public static final String NUM_IMAGES = "CamelGeminiImageNumImages";

    @Metadata(
            description =
                    "fail or keep: what happens if some of several images fail. Overrides the option partialResults.",
            javaType = "String",
            label = "producer")
    public static final String PARTIAL_RESULTS = "CamelGeminiImagePartialResults";

    @Metadata(
            description = "The format: png, jpeg or webp. Overrides the option outputFormat.",
            javaType = "String",
            label = "producer")
    public static final String OUTPUT_FORMAT = "CamelGeminiImageOutputFormat";

    @Metadata(
            description = "The JPEG quality, 1 to 100. Overrides the option outputQuality.",
            javaType = "Integer",
            label = "producer")
    public static final String OUTPUT_QUALITY = "CamelGeminiImageOutputQuality";

    @Metadata(
            description = "What the answer may contain: IMAGE or TEXT,IMAGE. Overrides the option responseModalities.",
            javaType = "String",
            label = "producer")
    public static final String RESPONSE_MODALITIES = "CamelGeminiImageResponseModalities";

    @Metadata(
            description = "Whether the model may use Google Search. Overrides the option googleSearch.",
            javaType = "Boolean",
            label = "producer")
    public static final String GOOGLE_SEARCH = "CamelGeminiImageGoogleSearch";

    @Metadata(
            description =
                    "Whether the model may search for images with Google Search. Overrides the option imageSearch.",
            javaType = "Boolean",
            label = "producer")
    public static final String IMAGE_SEARCH = "CamelGeminiImageImageSearch";

    @Metadata(
            description = "The safety threshold for all categories. Overrides the option safetyThreshold.",
            javaType = "String",
            label = "producer")
    public static final String SAFETY_THRESHOLD = "CamelGeminiImageSafetyThreshold";

    @Metadata(
            description = "Safety thresholds by category, as a map or as text such as "
                    + "harassment=BLOCK_NONE,hate_speech=OFF. Overrides the options safetySettings.*.",
            javaType = "java.util.Map",
            label = "producer")
    public static final String SAFETY_SETTINGS = "CamelGeminiImageSafetySettings";

    @Metadata(
            description = "How much the model thinks. Overrides the option thinkingLevel.",
            javaType = "String",
            label = "producer")
    public static final String THINKING_LEVEL = "CamelGeminiImageThinkingLevel";

    @Metadata(
            description = "Whether to request the model's thoughts. Overrides the option includeThoughts.",
            javaType = "Boolean",
            label = "producer")
    public static final String INCLUDE_THOUGHTS = "CamelGeminiImageIncludeThoughts";

    @Metadata(
            description = "The temperature, 0 to 2. Overrides the option temperature.",
            javaType = "Double",
            label = "producer")
    public static final String TEMPERATURE = "CamelGeminiImageTemperature";

    @Metadata(description = "Top-p, 0 to 1. Overrides the option topP.", javaType = "Double", label = "producer")
    public static final String TOP_P = "CamelGeminiImageTopP";

    @Metadata(description = "Top-k. Overrides the option topK.", javaType = "Integer", label = "producer")
    public static final String TOP_K = "CamelGeminiImageTopK";

    @Metadata(description = "The seed. Overrides the option seed.", javaType = "Integer", label = "producer")
    public static final String SEED = "CamelGeminiImageSeed";

    @Metadata(
            description = "Which people the model may generate (Vertex AI). Overrides the option personGeneration.",
            javaType = "String",
            label = "producer")
    public static final String PERSON_GENERATION = "CamelGeminiImagePersonGeneration";

    @Metadata(
            description = "How closely the model looks at the reference images. Overrides the option mediaResolution.",
            javaType = "String",
            label = "producer")
    public static final String MEDIA_RESOLUTION = "CamelGeminiImageMediaResolution";

    @Metadata(
            description = "The service tier: standard, flex or priority. Overrides the option serviceTier.",
            javaType = "String",
            label = "producer")
    public static final String SERVICE_TIER = "CamelGeminiImageServiceTier";

    @Metadata(
            description =
                    "Billing labels (Vertex AI), as a map or as text such as team=web,job=42. Overrides the options "
                            + "labels.*.",
            javaType = "java.util.Map",
            label = "producer")
    public static final String LABELS = "CamelGeminiImageLabels";

    @Metadata(
            description = "Maximum number of retries of a failed call. Overrides the option maxRetries.",
            javaType = "Integer",
            label = "producer")
    public static final String MAX_RETRIES = "CamelGeminiImageMaxRetries";

    @Metadata(
            description = "What the body becomes: image, list, attachments or json. Overrides the option output.",
            javaType = "String",
            label = "producer")
    public static final String OUTPUT = "CamelGeminiImageOutput";

    @Metadata(
            description = "Whether the answer is streamed. Overrides the option stream.",
            javaType = "Boolean",
            label = "producer")
    public static final String STREAM = "CamelGeminiImageStream";

    @Metadata(
            description =
                    "The id of the conversation that chat continues. Overrides the option conversationId. An id is "
                            + "enough to continue its conversation, so keep ids secret.",
            javaType = "String",
            label = "producer")
    public static final String CONVERSATION_ID = "CamelGeminiImageConversationId";

    @Metadata(
            description =
                    "What chat does with the conversation before the prompt, or without a prompt: continue, undo or "
                            + "reset. Overrides the option conversationAction. The component removes this header when the "
                            + "action is done.",
            javaType = "String",
            label = "producer")
    public static final String CONVERSATION_ACTION = RequestHeaders.CONVERSATION_ACTION;

    @Metadata(
            description = "A conversation to continue, as JSON: the value of the exchange property "
                    + "CamelGeminiImageNextTurnContents of an earlier chat. It can also be an exchange property of this "
                    + "name. The component removes it when there is an answer.",
            javaType = "String",
            label = "producer")
    public static final String CONTENTS = RequestHeaders.CONTENTS;

    // Headers that the component sets.

    @Metadata(description = "Number of images in the answer.", javaType = "Integer", label = "producer")
    public static final String IMAGE_COUNT = ResultHeaders.IMAGE_COUNT;

    @Metadata(description = "Width of the (first) image in pixels.", javaType = "Integer", label = "producer")
    public static final String WIDTH = ResultHeaders.WIDTH;

    @Metadata(description = "Height of the (first) image in pixels.", javaType = "Integer", label = "producer")
    public static final String HEIGHT = ResultHeaders.HEIGHT;

    @Metadata(
            description =
                    "File name extension of the (first) image, such as jpg or png, without a dot. It is that of the "
                            + "actual format of the bytes.",
            javaType = "String",
            label = "producer")
    public static final String EXTENSION = ResultHeaders.EXTENSION;

    @Metadata(
            description =
                    "The first 2,000 characters of the text that the model returned with the image, or instead of it. "
                            + "The exchange property of the same name contains the whole text.",
            javaType = "String",
            label = "producer")
    public static final String TEXT = ResultHeaders.TEXT;

    @Metadata(
            description = "The model that answered, as the service names it.",
            javaType = "String",
            label = "producer")
    public static final String RESPONSE_MODEL = ResultHeaders.RESPONSE_MODEL;

    @Metadata(description = "The id that the service gave to the answer.", javaType = "String", label = "producer")
    public static final String RESPONSE_ID = ResultHeaders.RESPONSE_ID;

    @Metadata(description = "Why the model stopped, such as STOP.", javaType = "String", label = "producer")
    public static final String FINISH_REASON = ResultHeaders.FINISH_REASON;

    @Metadata(
            description = "The explanation of the finish reason by the service.",
            javaType = "String",
            label = "producer")
    public static final String FINISH_MESSAGE = ResultHeaders.FINISH_MESSAGE;

    @Metadata(
            description = "Why the prompt was blocked. Only with failOnBlocked=false.",
            javaType = "String",
            label = "producer")
    public static final String BLOCK_REASON = ResultHeaders.BLOCK_REASON;

    @Metadata(description = "Tokens of the prompt and the reference images.", javaType = "Integer", label = "producer")
    public static final String PROMPT_TOKENS = ResultHeaders.PROMPT_TOKENS;

    @Metadata(description = "Tokens of the images and texts in the answer.", javaType = "Integer", label = "producer")
    public static final String OUTPUT_TOKENS = ResultHeaders.OUTPUT_TOKENS;

    @Metadata(description = "Tokens of the model's thoughts.", javaType = "Integer", label = "producer")
    public static final String THOUGHT_TOKENS = ResultHeaders.THOUGHT_TOKENS;

    @Metadata(description = "Total number of tokens.", javaType = "Integer", label = "producer")
    public static final String TOTAL_TOKENS = ResultHeaders.TOTAL_TOKENS;

    @Metadata(
            description =
                    "Estimated cost in USD, from the tokens and the list prices of the model catalog. Not set if the "
                            + "catalog does not have the model.",
            javaType = "Double",
            label = "producer")
    public static final String ESTIMATED_COST = ResultHeaders.ESTIMATED_COST;

    @Metadata(
            description =
                    "Number of pages and images that the model used from a search. Not set if it did not search. The "
                            + "exchange property CamelGeminiImageGrounding contains them.",
            javaType = "Integer",
            label = "producer")
    public static final String GROUNDING_SOURCES = ResultHeaders.GROUNDING_SOURCES;

    @Metadata(
            description =
                    "Number of requested images that failed, with partialResults=keep. Not set if none failed. The "
                            + "exchange property CamelGeminiImageResult contains the failures.",
            javaType = "Integer",
            label = "producer")
    public static final String FAILURE_COUNT = ResultHeaders.FAILURE_COUNT;

    @Metadata(description = "Number of calls that were made.", javaType = "Integer", label = "producer")
    public static final String ATTEMPTS = ResultHeaders.ATTEMPTS;

    @Metadata(
            description = "Number of answers in the conversation. Only for chat.",
            javaType = "Integer",
            label = "producer")
    public static final String CONVERSATION_TURNS = ResultHeaders.CONVERSATION_TURNS;

    @Metadata(
            description =
                    "URI of the (first) image if the message does not contain the image itself, as with outputGcsUri. "
                            + "The route of the option imageStore also sets it.",
            javaType = "String",
            label = "producer")
    public static final String URI = ResultHeaders.URI;

    @Metadata(
            description =
                    "The kind of progress message: started, progress, thought, text, receiving, received, done or "
                            + "failed. Only on messages to progressUri.",
            javaType = "String",
            label = "producer")
    public static final String PROGRESS = ProgressHeaders.PROGRESS;

    @Metadata(
            description = "The id of the exchange that the progress message is about. Only on messages to progressUri.",
            javaType = "String",
            label = "producer")
    public static final String PROGRESS_EXCHANGE_ID = ProgressHeaders.PROGRESS_EXCHANGE_ID;

    @Metadata(
            description = "For receiving: bytes of images received so far. For received: bytes of the image. Only on "
                    + "messages to progressUri.",
            javaType = "Long",
            label = "producer")
    public static final String PROGRESS_BYTES = ProgressHeaders.PROGRESS_BYTES;

    @Metadata(
            description =
                    "For progress: how much of the work is done, 0 to 100, as reported by services with a queue. Only "
                            + "on messages to progressUri.",
            javaType = "Integer",
            label = "producer")
    public static final String PROGRESS_PERCENT = ProgressHeaders.PROGRESS_PERCENT;

    // Headers of requests with a requestId.

    @Metadata(
            description =
                    "The id of the request. Overrides the option requestId. If a request with this id was answered "
                            + "before, the result comes from resultRepository or resultFolder.",
            javaType = "String",
            label = "producer")
    public static final String REQUEST_ID = RequestHeaders.REQUEST_ID;

    @Metadata(
            description =
                    "True if all images come from resultRepository or resultFolder. Then no call was made and nothing "
                            + "is billed.",
            javaType = "Boolean",
            label = "producer")
    public static final String FROM_REPOSITORY = ResultHeaders.FROM_REPOSITORY;

    // Headers of batches.

    @Metadata(
            description =
                    "The id of the batch. For batch it is the id to submit under, and overrides the option batchId. "
                            + "The component sets it on each answer about a batch and on each result.",
            javaType = "String")
    public static final String BATCH_ID = BatchHeaders.BATCH_ID;

    @Metadata(
            description =
                    "The key of a request in its batch. Set it on an item of a batch to choose the key. Each result "
                            + "has the key of its request.",
            javaType = "String")
    public static final String BATCH_KEY = BatchHeaders.BATCH_KEY;

    @Metadata(
            description = "State of the batch: PENDING, RUNNING, SUCCEEDED, FAILED, CANCELLED or EXPIRED.",
            javaType = "String")
    public static final String BATCH_STATE = BatchHeaders.BATCH_STATE;

    @Metadata(description = "Number of requests in the batch.", javaType = "Long")
    public static final String BATCH_REQUEST_COUNT = BatchHeaders.BATCH_REQUEST_COUNT;

    @Metadata(description = "Number of requests that succeeded, as reported by the service.", javaType = "Long")
    public static final String BATCH_SUCCEEDED_COUNT = BatchHeaders.BATCH_SUCCEEDED_COUNT;

    @Metadata(description = "Number of requests that failed, as reported by the service.", javaType = "Long")
    public static final String BATCH_FAILED_COUNT = BatchHeaders.BATCH_FAILED_COUNT;

    @Metadata(
            description = "The id of the job at the service. If there are several jobs, that of the first.",
            javaType = "String")
    public static final String BATCH_JOB_ID = BatchHeaders.BATCH_JOB_ID;

    @Metadata(
            description =
                    "For batchList: where the next page begins. Send it with the next call. Not set after the last "
                            + "page.",
            javaType = "String")
    public static final String BATCH_CURSOR = BatchHeaders.BATCH_CURSOR;

    private GeminiImageHeaders() {}
}

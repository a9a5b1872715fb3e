package io.github.camelgemini.image;

import io.github.camelgemini.image.produce.ProgressHeaders;
import io.github.camelgemini.image.request.BatchHeaders;
import io.github.camelgemini.image.request.RequestHeaders;
import io.github.camelgemini.image.result.ResultHeaders;
import org.apache.camel.spi.Metadata;

/** The headers that the component reads and sets. */
public final class GeminiImageHeaders {

    // Headers that a message may set. Each overrides the endpoint option of the same name.

    @Metadata(
            description = "The id of the model, instead of the option model.",
            javaType = "String",
            label = "producer")
    public static final String MODEL = "CamelGeminiImageModel";

    @Metadata(
            description =
                    "The prompt, instead of the option prompt and of the body, so that the body can be the picture.",
            javaType = "String",
            label = "producer")
    public static final String PROMPT = "CamelGeminiImagePrompt";

    @Metadata(
            description = "The system instruction, instead of the option systemInstruction.",
            javaType = "String",
            label = "producer")
    public static final String SYSTEM_INSTRUCTION = "CamelGeminiImageSystemInstruction";

    @Metadata(
            description =
                    "Reference pictures, instead of the option referenceImages, as a list or as text with commas: https:"
                            + " and http: URLs of public hosts, data: URIs, gs:// objects (Vertex AI), files of the Files API."
                            + " A message cannot name local files.",
            javaType = "String",
            label = "producer")
    public static final String REFERENCE_IMAGES = "CamelGeminiImageReferenceImages";

    @Metadata(
            description = "The aspect ratio, such as 16:9, or auto, instead of the option aspectRatio.",
            javaType = "String",
            label = "producer")
    public static final String ASPECT_RATIO = "CamelGeminiImageAspectRatio";

    @Metadata(
            description = "The size: 512, 1K, 2K or 4K, instead of the option imageSize.",
            javaType = "String",
            label = "producer")
    public static final String IMAGE_SIZE = "CamelGeminiImageImageSize";

    @Metadata(
            description = "How many pictures to make, 1 to 8, instead of the option numImages. Each is a paid call.",
            javaType = "Integer",
            label = "producer")
    public static final String NUM_IMAGES = "CamelGeminiImageNumImages";

    @Metadata(
            description =
                    "fail or keep: what becomes of several pictures when some fail, instead of the option partialResults.",
            javaType = "String",
            label = "producer")
    public static final String PARTIAL_RESULTS = "CamelGeminiImagePartialResults";

    @Metadata(
            description = "The format: png, jpeg or webp, instead of the option outputFormat.",
            javaType = "String",
            label = "producer")
    public static final String OUTPUT_FORMAT = "CamelGeminiImageOutputFormat";

    @Metadata(
            description = "The JPEG quality, 1 to 100, instead of the option outputQuality.",
            javaType = "Integer",
            label = "producer")
    public static final String OUTPUT_QUALITY = "CamelGeminiImageOutputQuality";

    @Metadata(
            description =
                    "What the answer may consist of: IMAGE or TEXT,IMAGE, instead of the option responseModalities.",
            javaType = "String",
            label = "producer")
    public static final String RESPONSE_MODALITIES = "CamelGeminiImageResponseModalities";

    @Metadata(
            description = "Whether the model may look things up on the web, instead of the option googleSearch.",
            javaType = "Boolean",
            label = "producer")
    public static final String GOOGLE_SEARCH = "CamelGeminiImageGoogleSearch";

    @Metadata(
            description = "Whether the model may look for pictures on the web, instead of the option imageSearch.",
            javaType = "Boolean",
            label = "producer")
    public static final String IMAGE_SEARCH = "CamelGeminiImageImageSearch";

    @Metadata(
            description = "The safety threshold for all categories, instead of the option safetyThreshold.",
            javaType = "String",
            label = "producer")
    public static final String SAFETY_THRESHOLD = "CamelGeminiImageSafetyThreshold";

    @Metadata(
            description = "Safety thresholds by category, as a map or as text such as"
                    + " harassment=BLOCK_NONE,hate_speech=OFF, instead of the options safetySettings.*.",
            javaType = "java.util.Map",
            label = "producer")
    public static final String SAFETY_SETTINGS = "CamelGeminiImageSafetySettings";

    @Metadata(
            description = "How long the model thinks, instead of the option thinkingLevel.",
            javaType = "String",
            label = "producer")
    public static final String THINKING_LEVEL = "CamelGeminiImageThinkingLevel";

    @Metadata(
            description = "Whether the model's thoughts are asked for, instead of the option includeThoughts.",
            javaType = "Boolean",
            label = "producer")
    public static final String INCLUDE_THOUGHTS = "CamelGeminiImageIncludeThoughts";

    @Metadata(
            description = "The temperature, 0 to 2, instead of the option temperature.",
            javaType = "Double",
            label = "producer")
    public static final String TEMPERATURE = "CamelGeminiImageTemperature";

    @Metadata(description = "Top-p, 0 to 1, instead of the option topP.", javaType = "Double", label = "producer")
    public static final String TOP_P = "CamelGeminiImageTopP";

    @Metadata(description = "Top-k, instead of the option topK.", javaType = "Integer", label = "producer")
    public static final String TOP_K = "CamelGeminiImageTopK";

    @Metadata(description = "The seed, instead of the option seed.", javaType = "Integer", label = "producer")
    public static final String SEED = "CamelGeminiImageSeed";

    @Metadata(
            description = "Which people may be drawn (Vertex AI), instead of the option personGeneration.",
            javaType = "String",
            label = "producer")
    public static final String PERSON_GENERATION = "CamelGeminiImagePersonGeneration";

    @Metadata(
            description = "How closely reference pictures are looked at, instead of the option mediaResolution.",
            javaType = "String",
            label = "producer")
    public static final String MEDIA_RESOLUTION = "CamelGeminiImageMediaResolution";

    @Metadata(
            description = "standard, flex or priority, instead of the option serviceTier.",
            javaType = "String",
            label = "producer")
    public static final String SERVICE_TIER = "CamelGeminiImageServiceTier";

    @Metadata(
            description =
                    "Billing labels (Vertex AI), as a map or as text such as team=web,job=42, instead of the options"
                            + " labels.*.",
            javaType = "java.util.Map",
            label = "producer")
    public static final String LABELS = "CamelGeminiImageLabels";

    @Metadata(
            description = "How often a failed call is tried again, instead of the option maxRetries.",
            javaType = "Integer",
            label = "producer")
    public static final String MAX_RETRIES = "CamelGeminiImageMaxRetries";

    @Metadata(
            description = "What the pictures become: image, list, attachments or json, instead of the option output.",
            javaType = "String",
            label = "producer")
    public static final String OUTPUT = "CamelGeminiImageOutput";

    @Metadata(
            description = "Whether the answer is streamed, instead of the option stream.",
            javaType = "Boolean",
            label = "producer")
    public static final String STREAM = "CamelGeminiImageStream";

    @Metadata(
            description = "The id of the conversation that chat goes on with, instead of the option conversationId. Who"
                    + " knows an id can go on with its conversation.",
            javaType = "String",
            label = "producer")
    public static final String CONVERSATION_ID = "CamelGeminiImageConversationId";

    @Metadata(
            description =
                    "What chat does with the conversation before the prompt, or without one: continue, undo or reset."
                            + " Removed once it was done.",
            javaType = "String",
            label = "producer")
    public static final String CONVERSATION_ACTION = RequestHeaders.CONVERSATION_ACTION;

    @Metadata(
            description = "A conversation to go on with, as JSON: what an earlier chat gave as exchange property"
                    + " CamelGeminiImageNextTurnContents. Also read as exchange property of this name. Removed once there is"
                    + " an answer.",
            javaType = "String",
            label = "producer")
    public static final String CONTENTS = RequestHeaders.CONTENTS;

    // Headers that the component sets.

    @Metadata(description = "How many pictures came.", javaType = "Integer", label = "producer")
    public static final String IMAGE_COUNT = ResultHeaders.IMAGE_COUNT;

    @Metadata(description = "Width of the (first) picture in pixels.", javaType = "Integer", label = "producer")
    public static final String WIDTH = ResultHeaders.WIDTH;

    @Metadata(description = "Height of the (first) picture in pixels.", javaType = "Integer", label = "producer")
    public static final String HEIGHT = ResultHeaders.HEIGHT;

    @Metadata(
            description = "File name extension of the (first) picture by its bytes, without a dot: jpg, png.",
            javaType = "String",
            label = "producer")
    public static final String EXTENSION = ResultHeaders.EXTENSION;

    @Metadata(
            description =
                    "What the model said beside the picture, or instead of it: its first 2,000 characters. The exchange"
                            + " property of the same name has all of it.",
            javaType = "String",
            label = "producer")
    public static final String TEXT = ResultHeaders.TEXT;

    @Metadata(description = "The model that answered, as the API names it.", javaType = "String", label = "producer")
    public static final String RESPONSE_MODEL = ResultHeaders.RESPONSE_MODEL;

    @Metadata(description = "The API's id of the answer.", javaType = "String", label = "producer")
    public static final String RESPONSE_ID = ResultHeaders.RESPONSE_ID;

    @Metadata(description = "Why the model stopped, such as STOP.", javaType = "String", label = "producer")
    public static final String FINISH_REASON = ResultHeaders.FINISH_REASON;

    @Metadata(description = "The API's sentence about the finish reason.", javaType = "String", label = "producer")
    public static final String FINISH_MESSAGE = ResultHeaders.FINISH_MESSAGE;

    @Metadata(
            description = "Why the prompt was refused; only with failOnBlocked=false.",
            javaType = "String",
            label = "producer")
    public static final String BLOCK_REASON = ResultHeaders.BLOCK_REASON;

    @Metadata(description = "Tokens of prompt and reference pictures.", javaType = "Integer", label = "producer")
    public static final String PROMPT_TOKENS = ResultHeaders.PROMPT_TOKENS;

    @Metadata(description = "Tokens of the pictures and texts that came.", javaType = "Integer", label = "producer")
    public static final String OUTPUT_TOKENS = ResultHeaders.OUTPUT_TOKENS;

    @Metadata(description = "Tokens of the model's thinking.", javaType = "Integer", label = "producer")
    public static final String THOUGHT_TOKENS = ResultHeaders.THOUGHT_TOKENS;

    @Metadata(description = "All tokens together.", javaType = "Integer", label = "producer")
    public static final String TOTAL_TOKENS = ResultHeaders.TOTAL_TOKENS;

    @Metadata(
            description =
                    "Estimated cost in USD by the tokens and the model catalog's list prices; absent for models that"
                            + " the catalog does not know.",
            javaType = "Double",
            label = "producer")
    public static final String ESTIMATED_COST = ResultHeaders.ESTIMATED_COST;

    @Metadata(
            description =
                    "How many pages and pictures the model used when it looked something up; absent when it did not. They are"
                            + " in the exchange property CamelGeminiImageGrounding.",
            javaType = "Integer",
            label = "producer")
    public static final String GROUNDING_SOURCES = ResultHeaders.GROUNDING_SOURCES;

    @Metadata(
            description =
                    "How many of the pictures asked for failed, with partialResults=keep; absent when none did. The failures"
                            + " are in the exchange property CamelGeminiImageResult.",
            javaType = "Integer",
            label = "producer")
    public static final String FAILURE_COUNT = ResultHeaders.FAILURE_COUNT;

    @Metadata(description = "How many calls it took.", javaType = "Integer", label = "producer")
    public static final String ATTEMPTS = ResultHeaders.ATTEMPTS;

    @Metadata(
            description = "How many answers the conversation has now; only of chat.",
            javaType = "Integer",
            label = "producer")
    public static final String CONVERSATION_TURNS = ResultHeaders.CONVERSATION_TURNS;

    @Metadata(
            description =
                    "Where a picture is that did not come itself, as with outputGcsUri; of several the first. Also set by the "
                            + "route that stores pictures for the option imageStore.",
            javaType = "String",
            label = "producer")
    public static final String URI = ResultHeaders.URI;

    @Metadata(
            description = "Only on messages to progressUri: started, progress, thought, text, receiving,"
                    + " received, done or failed.",
            javaType = "String",
            label = "producer")
    public static final String PROGRESS = ProgressHeaders.PROGRESS;

    @Metadata(
            description = "Only on messages to progressUri: the id of the exchange that they are about.",
            javaType = "String",
            label = "producer")
    public static final String PROGRESS_EXCHANGE_ID = ProgressHeaders.PROGRESS_EXCHANGE_ID;

    @Metadata(
            description =
                    "Only on messages to progressUri, with receiving: bytes of pictures so far; with received: of the"
                            + " picture.",
            javaType = "Long",
            label = "producer")
    public static final String PROGRESS_BYTES = ProgressHeaders.PROGRESS_BYTES;

    @Metadata(
            description =
                    "Only on messages to progressUri, with progress: how much of the work is done, 0 to 100, as services say"
                            + " that draw by a queue.",
            javaType = "Integer",
            label = "producer")
    public static final String PROGRESS_PERCENT = ProgressHeaders.PROGRESS_PERCENT;

    // Headers of requests with a requestId.

    @Metadata(
            description =
                    "The id of the request, instead of the option requestId: one that was answered before is answered by"
                            + " what is kept in the resultRepository.",
            javaType = "String",
            label = "producer")
    public static final String REQUEST_ID = RequestHeaders.REQUEST_ID;

    @Metadata(
            description =
                    "True when all pictures are from the resultRepository, so that no call was made and nothing is to pay.",
            javaType = "Boolean",
            label = "producer")
    public static final String FROM_REPOSITORY = ResultHeaders.FROM_REPOSITORY;

    // Headers of batches.

    @Metadata(
            description =
                    "The id of the batch. For batch the one under which it is to be submitted, instead of the option batchId; set on everything that comes of a batch.",
            javaType = "String")
    public static final String BATCH_ID = BatchHeaders.BATCH_ID;

    @Metadata(
            description =
                    "The key of a request in its batch: on an item of a batch the one that it is to have, on a result the one that it had.",
            javaType = "String")
    public static final String BATCH_KEY = BatchHeaders.BATCH_KEY;

    @Metadata(
            description = "How a batch stands: PENDING, RUNNING, SUCCEEDED, FAILED, CANCELLED or EXPIRED.",
            javaType = "String")
    public static final String BATCH_STATE = BatchHeaders.BATCH_STATE;

    @Metadata(description = "How many requests a batch has.", javaType = "Long")
    public static final String BATCH_REQUEST_COUNT = BatchHeaders.BATCH_REQUEST_COUNT;

    @Metadata(description = "How many of them have been drawn, as far as the service says.", javaType = "Long")
    public static final String BATCH_SUCCEEDED_COUNT = BatchHeaders.BATCH_SUCCEEDED_COUNT;

    @Metadata(description = "How many of them have failed, as far as the service says.", javaType = "Long")
    public static final String BATCH_FAILED_COUNT = BatchHeaders.BATCH_FAILED_COUNT;

    @Metadata(description = "The id by which the service knows the job, of several the first.", javaType = "String")
    public static final String BATCH_JOB_ID = BatchHeaders.BATCH_JOB_ID;

    @Metadata(
            description = "Of batchList: where the list goes on, to be given with the next call; absent after its end.",
            javaType = "String")
    public static final String BATCH_CURSOR = BatchHeaders.BATCH_CURSOR;

    private GeminiImageHeaders() {}
}

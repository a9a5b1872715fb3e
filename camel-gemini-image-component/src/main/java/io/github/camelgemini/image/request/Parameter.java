package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.ConversationAction;
import io.github.camelgemini.image.model.HarmCategory;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.MediaResolution;
import io.github.camelgemini.image.model.Output;
import io.github.camelgemini.image.model.OutputFormat;
import io.github.camelgemini.image.model.PartialResults;
import io.github.camelgemini.image.model.PersonGeneration;
import io.github.camelgemini.image.model.ResponseModality;
import io.github.camelgemini.image.model.SafetyThreshold;
import io.github.camelgemini.image.model.ServiceTier;
import io.github.camelgemini.image.model.ThinkingLevel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A parameter of a request: its name, its other names in JSON requests, its type, and how its value is read and
 * checked. The constants of this class are the only such table. Endpoint options, headers ({@code CamelGeminiImage} +
 * the name in upper camel case), fields of JSON requests and {@link ImageRequest} use it.
 *
 * @param <T> the type of the value
 */
public final class Parameter<T> {

    private static final String HEADER_PREFIX = "CamelGeminiImage";
    private static final List<Parameter<?>> TABLE = new ArrayList<>();

    /** The model id. */
    public static final Parameter<String> MODEL = add("model", Type.TEXT, Values::modelId);
    /** The prompt; overrides the text of the body. */
    public static final Parameter<String> PROMPT =
            add("prompt", Type.TEXT, Values::text).inGemini("contents");
    /** The system instruction. */
    public static final Parameter<String> SYSTEM_INSTRUCTION =
            add("systemInstruction", Type.TEXT, Values::text).inGemini("systemInstruction");
    /** Reference images by URI. */
    public static final Parameter<List<String>> REFERENCE_IMAGES = add(
                    "referenceImages", Type.PICTURES, Values::uris, "images", "image", "image_urls")
            .inGemini("contents");
    /** The aspect ratio; the model decides by default. */
    public static final Parameter<AspectRatio> ASPECT_RATIO = add(
                    "aspectRatio", Type.CHOICE, Values.parsed(AspectRatio.class, Values::aspectRatio))
            .inGemini("generationConfig.imageConfig.aspectRatio", "generationConfig.responseFormat.image.aspectRatio");
    /** The image size; {@code 1K} by default. */
    public static final Parameter<ImageSize> IMAGE_SIZE = add(
                    "imageSize", Type.CHOICE, Values.parsed(ImageSize.class, ImageSize::parse), "resolution")
            .inGemini("generationConfig.imageConfig.imageSize", "generationConfig.responseFormat.image.imageSize");
    /** The number of pictures, 1 to 8. */
    public static final Parameter<Integer> NUM_IMAGES = add("numImages", Type.NUMBER, Values.integer(1, 8), "n");
    /** What happens when some of several pictures fail. */
    public static final Parameter<PartialResults> PARTIAL_RESULTS =
            add("partialResults", Type.CHOICE, Values.parsed(PartialResults.class, PartialResults::parse));
    /** The file format of pictures; that of the model by default. */
    public static final Parameter<OutputFormat> OUTPUT_FORMAT = add(
                    "outputFormat",
                    Type.CHOICE,
                    Values.parsed(OutputFormat.class, OutputFormat::parse),
                    "image_output_format")
            .inGemini(
                    "generationConfig.imageConfig.imageOutputOptions.mimeType",
                    "generationConfig.imageConfig.outputMimeType");
    /** The quality of JPEG and WebP, 1 to 100. */
    public static final Parameter<Integer> OUTPUT_QUALITY = add("outputQuality", Type.NUMBER, Values.integer(1, 100))
            .inGemini(
                    "generationConfig.imageConfig.imageOutputOptions.compressionQuality",
                    "generationConfig.imageConfig.outputCompressionQuality");
    /** What the model may answer with. */
    public static final Parameter<List<ResponseModality>> RESPONSE_MODALITIES =
            add("responseModalities", Type.LIST, Values::modalities).inGemini("generationConfig.responseModalities");
    /** Grounding with Google Search. */
    public static final Parameter<Boolean> GOOGLE_SEARCH = add(
                    "googleSearch", Type.FLAG, Values::flag, "enable_google_search", "enable_web_search")
            .inGemini("tools.googleSearch");
    /** Grounding with Google's image search. */
    public static final Parameter<Boolean> IMAGE_SEARCH =
            add("imageSearch", Type.FLAG, Values::flag).inGemini("tools.googleSearch.searchTypes.imageSearch");
    /** The safety threshold for all categories. */
    public static final Parameter<SafetyThreshold> SAFETY_THRESHOLD = add(
            "safetyThreshold",
            Type.CHOICE,
            Values.parsed(SafetyThreshold.class, Values::safetyThreshold),
            "safety_tolerance");
    /** Safety thresholds for single categories. */
    public static final Parameter<Map<HarmCategory, SafetyThreshold>> SAFETY_SETTINGS =
            add("safetySettings", Type.MAP, Values::safetySettings).inGemini("safetySettings");
    /** The thinking level. */
    public static final Parameter<ThinkingLevel> THINKING_LEVEL = add(
                    "thinkingLevel", Type.CHOICE, Values.parsed(ThinkingLevel.class, ThinkingLevel::parse))
            .inGemini("generationConfig.thinkingConfig.thinkingLevel");
    /** Whether the answer includes thoughts. */
    public static final Parameter<Boolean> INCLUDE_THOUGHTS =
            add("includeThoughts", Type.FLAG, Values::flag).inGemini("generationConfig.thinkingConfig.includeThoughts");
    /** The sampling temperature, 0 to 2. */
    public static final Parameter<Double> TEMPERATURE =
            add("temperature", Type.NUMBER, Values.decimal(0, 2)).inGemini("generationConfig.temperature");
    /** The nucleus sampling threshold, 0 to 1. */
    public static final Parameter<Double> TOP_P =
            add("topP", Type.NUMBER, Values.decimal(0, 1)).inGemini("generationConfig.topP");
    /** The number of tokens to sample from. */
    public static final Parameter<Integer> TOP_K =
            add("topK", Type.NUMBER, Values.integer(1, 1_000)).inGemini("generationConfig.topK");
    /** The seed for sampling. */
    public static final Parameter<Integer> SEED = add(
                    "seed", Type.NUMBER, Values.integer(Integer.MIN_VALUE, Integer.MAX_VALUE))
            .inGemini("generationConfig.seed");
    /** Which people may be shown; Vertex AI only. */
    public static final Parameter<PersonGeneration> PERSON_GENERATION = add(
                    "personGeneration", Type.CHOICE, Values.parsed(PersonGeneration.class, PersonGeneration::parse))
            .inGemini("generationConfig.imageConfig.personGeneration");
    /** The resolution at which the model reads reference images. */
    public static final Parameter<MediaResolution> MEDIA_RESOLUTION = add(
                    "mediaResolution", Type.CHOICE, Values.parsed(MediaResolution.class, MediaResolution::parse))
            .inGemini("generationConfig.mediaResolution");
    /** The service tier. */
    public static final Parameter<ServiceTier> SERVICE_TIER = add(
                    "serviceTier", Type.CHOICE, Values.parsed(ServiceTier.class, ServiceTier::parse))
            .inGemini("serviceTier");
    /** Labels for billing reports; Vertex AI only. */
    public static final Parameter<Map<String, String>> LABELS =
            add("labels", Type.MAP, Values::textMap).inGemini("labels");
    /** Whether the answer is streamed, so that progress can be reported. */
    public static final Parameter<Boolean> STREAM = add("stream", Type.FLAG, Values::flag);
    /** The id of the conversation. */
    public static final Parameter<String> CONVERSATION_ID = add("conversationId", Type.TEXT, Values::conversationId);
    /** What happens to the conversation before the prompt. */
    public static final Parameter<ConversationAction> CONVERSATION_ACTION =
            add("conversationAction", Type.CHOICE, Values.parsed(ConversationAction.class, ConversationAction::parse));
    /** The number of retries after a failed call. */
    public static final Parameter<Integer> MAX_RETRIES =
            add("maxRetries", Type.NUMBER, Values.integer(0, 20), "retry_count");

    /** The form of pictures in the message. */
    public static final Parameter<Output> OUTPUT =
            add("output", Type.CHOICE, Values.parsed(Output.class, Output::parse));

    /** All parameters, in the order of the reference page. */
    public static final List<Parameter<?>> ALL = Collections.unmodifiableList(TABLE);

    private final String name;
    private final Type type;
    private final String headerName;
    private final Function<Object, T> reader;
    private final List<String> fieldNames;
    private List<String> geminiFields = List.of();

    private Parameter(String name, Type type, Function<Object, T> reader, String... aliases) {
        this.name = name;
        this.type = type;
        this.headerName = HEADER_PREFIX + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        this.reader = reader;
        this.fieldNames = Stream.concat(Stream.of(name, snakeCase(name)), Stream.of(aliases))
                .distinct()
                .toList();
    }

    /**
     * @param aliases names in other services of these models, in addition to the parameter's own name in snake_case
     */
    private static <T> Parameter<T> add(String name, Type type, Function<Object, T> reader, String... aliases) {
        Parameter<T> parameter = new Parameter<>(name, type, reader, aliases);
        TABLE.add(parameter);
        return parameter;
    }

    /** The JSON type of a value. */
    public enum Type {
        /** Any text. */
        TEXT("a string"),
        /** One of several names. May be a number if such a name is a number, as with size 512. */
        CHOICE("a string"),
        /** A number, or its text. */
        NUMBER("a number"),
        /** A boolean, or its text. */
        FLAG("true or false"),
        /** Several texts. */
        LIST("an array of strings, or a string separated by commas"),
        /** Texts by name. */
        MAP("an object whose values are strings"),
        /** Pictures by URI or in Base64. */
        PICTURES("a string or an array of strings, each the URI or the Base64 of an image");

        private final String inWords;

        Type(String inWords) {
            this.inWords = inWords;
        }

        /** The type, to complete "must be …". */
        @Override
        public String toString() {
            return inWords;
        }
    }

    /** The parameter for a field of a JSON request, in any case; empty if there is none. */
    static Optional<Parameter<?>> ofField(String field) {
        return ALL.stream()
                .filter(parameter -> parameter.fieldNames.stream().anyMatch(field::equalsIgnoreCase))
                .findFirst();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** The name of the endpoint option. */
    public String optionName() {
        return name;
    }

    /** The name of the message header. */
    public String headerName() {
        return headerName;
    }

    /** The names of the JSON field: the parameter's own name, the same in snake_case, and those of other services. */
    public List<String> fieldNames() {
        return fieldNames;
    }

    /** The JSON name in snake_case: {@code aspect_ratio}. */
    public String fieldName() {
        return snakeCase(name);
    }

    /** Sets the place in a request of the Gemini API; returns this object, since only the table calls it. */
    private Parameter<T> inGemini(String... fields) {
        geminiFields = List.of(fields);
        return this;
    }

    /**
     * The places in a request of the Gemini API, such as {@code generationConfig.imageConfig.aspectRatio}. The first is
     * the one that this component writes, the others are accepted too. Empty if the API does not have the parameter.
     */
    public List<String> geminiFields() {
        return geminiFields;
    }

    /** The type of the JSON field. */
    public Type type() {
        return type;
    }

    /**
     * Reads and checks a value.
     *
     * @param value a value of the parameter's type, or its text form
     * @param source where it came from, for the error: {@code option aspectRatio}, {@code header
     *     CamelGeminiImageAspectRatio}
     * @throws InvalidRequestException names source, value, and what is allowed
     */
    public T read(Object value, String source) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(source + " '" + Values.quote(value) + "' " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

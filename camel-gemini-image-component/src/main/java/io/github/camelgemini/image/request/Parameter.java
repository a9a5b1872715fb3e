package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.ConversationAction;
import io.github.camelgemini.image.model.HarmCategory;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.MediaResolution;
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
import java.util.function.Function;

/**
 * The one table of what a request can say: each parameter's name, the type of its value, and how a value is read and
 * checked. Endpoint options, headers ({@code CamelGeminiImage} + the name in upper camel case) and {@link ImageRequest}
 * all follow it.
 *
 * @param <T> the type of the value
 */
public final class Parameter<T> {

    private static final String HEADER_PREFIX = "CamelGeminiImage";
    private static final List<Parameter<?>> TABLE = new ArrayList<>();

    public static final Parameter<String> MODEL = add("model", Values::modelId);
    public static final Parameter<String> PROMPT = add("prompt", Values::text);
    public static final Parameter<String> SYSTEM_INSTRUCTION = add("systemInstruction", Values::text);
    public static final Parameter<List<String>> REFERENCE_IMAGES = add("referenceImages", Values::list);
    public static final Parameter<AspectRatio> ASPECT_RATIO =
            add("aspectRatio", Values.parsed(AspectRatio.class, Values::aspectRatio));
    public static final Parameter<ImageSize> IMAGE_SIZE =
            add("imageSize", Values.parsed(ImageSize.class, ImageSize::parse));
    public static final Parameter<Integer> NUM_IMAGES = add("numImages", Values.integer(1, 8));
    public static final Parameter<PartialResults> PARTIAL_RESULTS =
            add("partialResults", Values.parsed(PartialResults.class, PartialResults::parse));
    public static final Parameter<OutputFormat> OUTPUT_FORMAT =
            add("outputFormat", Values.parsed(OutputFormat.class, OutputFormat::parse));
    public static final Parameter<Integer> OUTPUT_QUALITY = add("outputQuality", Values.integer(1, 100));
    public static final Parameter<List<ResponseModality>> RESPONSE_MODALITIES =
            add("responseModalities", Values::modalities);
    public static final Parameter<Boolean> GOOGLE_SEARCH = add("googleSearch", Values::flag);
    public static final Parameter<Boolean> IMAGE_SEARCH = add("imageSearch", Values::flag);
    public static final Parameter<SafetyThreshold> SAFETY_THRESHOLD =
            add("safetyThreshold", Values.parsed(SafetyThreshold.class, SafetyThreshold::parse));
    public static final Parameter<Map<HarmCategory, SafetyThreshold>> SAFETY_SETTINGS =
            add("safetySettings", Values::safetySettings);
    public static final Parameter<ThinkingLevel> THINKING_LEVEL =
            add("thinkingLevel", Values.parsed(ThinkingLevel.class, ThinkingLevel::parse));
    public static final Parameter<Boolean> INCLUDE_THOUGHTS = add("includeThoughts", Values::flag);
    public static final Parameter<Double> TEMPERATURE = add("temperature", Values.decimal(0, 2));
    public static final Parameter<Double> TOP_P = add("topP", Values.decimal(0, 1));
    public static final Parameter<Integer> TOP_K = add("topK", Values.integer(1, 1_000));
    public static final Parameter<Integer> SEED = add("seed", Values.integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
    public static final Parameter<PersonGeneration> PERSON_GENERATION =
            add("personGeneration", Values.parsed(PersonGeneration.class, PersonGeneration::parse));
    public static final Parameter<MediaResolution> MEDIA_RESOLUTION =
            add("mediaResolution", Values.parsed(MediaResolution.class, MediaResolution::parse));
    public static final Parameter<ServiceTier> SERVICE_TIER =
            add("serviceTier", Values.parsed(ServiceTier.class, ServiceTier::parse));
    public static final Parameter<Map<String, String>> LABELS = add("labels", Values::textMap);
    public static final Parameter<Boolean> STREAM = add("stream", Values::flag);
    public static final Parameter<String> CONVERSATION_ID = add("conversationId", Values::conversationId);
    public static final Parameter<ConversationAction> CONVERSATION_ACTION =
            add("conversationAction", Values.parsed(ConversationAction.class, ConversationAction::parse));
    public static final Parameter<Integer> MAX_RETRIES = add("maxRetries", Values.integer(0, 20));

    /** Every parameter, in the order of the reference page. */
    public static final List<Parameter<?>> ALL = Collections.unmodifiableList(TABLE);

    private final String name;
    private final Function<Object, T> reader;

    private Parameter(String name, Function<Object, T> reader) {
        this.name = name;
        this.reader = reader;
    }

    private static <T> Parameter<T> add(String name, Function<Object, T> reader) {
        Parameter<T> parameter = new Parameter<>(name, reader);
        TABLE.add(parameter);
        return parameter;
    }

    /** The name of the endpoint option. */
    public String optionName() {
        return name;
    }

    /** The name of the message header that sets it. */
    public String headerName() {
        return HEADER_PREFIX + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /**
     * Reads and checks a value.
     *
     * @param value a value of the parameter's type, or text that says it
     * @param source where it came from, for the error: {@code option aspectRatio}, {@code header CamelGeminiImageAspectRatio}
     * @throws InvalidRequestException naming source and value and what is allowed
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

package io.github.camelgemini.image.result;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.NoPictureError;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.model.Grounding;
import io.github.camelgemini.image.model.Output;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.request.RequestHeaders;
import io.github.camelgemini.image.secret.OutsideText;
import java.math.BigDecimal;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * {@code ImageResult → Exchange}. Writes pictures as body, list, attachments or JSON, and the facts about them as
 * headers and properties. Removes headers of an earlier call that have no value this time.
 */
public final class ResultWriter {

    /** The exchange property with the whole {@link ImageResult}, including thoughts and grounding. */
    public static final String RESULT_PROPERTY = "CamelGeminiImageResult";

    /**
     * The exchange property with the conversation after an answer of {@code chat}: a {@link
     * io.github.camelgemini.image.payload.Payload} with the JSON of the API's {@code contents}.
     */
    public static final String NEXT_TURN_CONTENTS_PROPERTY = "CamelGeminiImageNextTurnContents";

    /** The exchange property with the {@link Grounding}, if the model used a search. */
    public static final String GROUNDING_PROPERTY = "CamelGeminiImageGrounding";

    /** The exchange property with the {@link Usage}: the tokens by modality. */
    public static final String USAGE_PROPERTY = "CamelGeminiImageUsage";

    /** The exchange property with the whole text of the answer; its header has the first 2,000 characters. */
    public static final String TEXT_PROPERTY = "CamelGeminiImageText";

    private static final List<String> OUTPUT_HEADERS = List.of(
            ResultHeaders.IMAGE_COUNT,
            ResultHeaders.WIDTH,
            ResultHeaders.HEIGHT,
            ResultHeaders.EXTENSION,
            ResultHeaders.URI,
            ResultHeaders.TEXT,
            ResultHeaders.RESPONSE_MODEL,
            ResultHeaders.RESPONSE_ID,
            ResultHeaders.FINISH_REASON,
            ResultHeaders.FINISH_MESSAGE,
            ResultHeaders.BLOCK_REASON,
            ResultHeaders.PROMPT_TOKENS,
            ResultHeaders.OUTPUT_TOKENS,
            ResultHeaders.THOUGHT_TOKENS,
            ResultHeaders.TOTAL_TOKENS,
            ResultHeaders.ESTIMATED_COST,
            ResultHeaders.FROM_REPOSITORY,
            ResultHeaders.GROUNDING_SOURCES,
            ResultHeaders.FAILURE_COUNT,
            ResultHeaders.ATTEMPTS,
            ResultHeaders.CONVERSATION_TURNS);

    /** Request headers that are removed after use. Otherwise they would apply to the next endpoint of the route too. */
    private static final List<String> ONCE =
            List.of(RequestHeaders.CONTENTS, RequestHeaders.CONVERSATION_ACTION, RequestHeaders.REQUEST_ID);

    private ResultWriter() {}

    /** Writes pictures. */
    public static void write(ImageResult result, Output output, Exchange exchange) {
        writeFacts(result, exchange);
        Message message = exchange.getMessage();
        if (result.images().isEmpty()) {
            writeUris(result, output, message);
            return;
        }
        GeneratedImage first = result.images().get(0);
        boolean several = result.images().size() > 1 || !result.failures().isEmpty();
        boolean list = output == Output.LIST || (output == Output.IMAGE && several);
        message.setBody(list ? new GeneratedImages(result.images()) : first);
        if (!list) {
            ContentHeaders.describe(message, first.mimeType(), first.extension());
            nameFile(exchange, first.extension());
        } else {
            ContentHeaders.clear(message);
            // A common name would make each picture of a split overwrite the one before. Without it, each gets a new
            // name.
            message.removeHeader(Exchange.FILE_NAME);
        }
        if (output == Output.ATTACHMENTS) {
            String name = message.getHeader(Exchange.FILE_NAME, String.class);
            PictureAttachments.write(result.images(), name, exchange);
        }
    }

    /** Writes pictures that the service has stored; only their location is known. */
    private static void writeUris(ImageResult result, Output output, Message message) {
        List<String> uris = result.remoteImages().stream().map(RemoteImage::uri).toList();
        boolean list =
                output == Output.LIST || uris.size() > 1 || !result.failures().isEmpty();
        message.setBody(list ? uris : uris.get(0));
        ContentHeaders.clear(message);
        String name = message.getHeader(Exchange.FILE_NAME, String.class);
        if (name != null && !name.isBlank()) {
            message.setHeader(Exchange.FILE_NAME, FileEndings.fit(name, "txt"));
        }
    }

    /**
     * Writes pictures as JSON.
     *
     * @param json from {@link ResultJson}
     */
    public static void writeJson(ImageResult result, Payload json, Exchange exchange) {
        writeFacts(result, exchange);
        exchange.getMessage().setBody(json.handOut());
        ContentHeaders.describe(exchange.getMessage(), "application/json", "json");
        nameFile(exchange, "json");
    }

    private static void writeFacts(ImageResult result, Exchange exchange) {
        result.handOut();
        clear(exchange);
        Message message = exchange.getMessage();
        set(
                message,
                ResultHeaders.IMAGE_COUNT,
                result.images().size() + result.remoteImages().size());
        if (!result.images().isEmpty()) {
            GeneratedImage first = result.images().get(0);
            set(message, ResultHeaders.WIDTH, first.width());
            set(message, ResultHeaders.HEIGHT, first.height());
            set(message, ResultHeaders.EXTENSION, first.extension());
        }
        if (!result.remoteImages().isEmpty()) {
            message.setHeader(ResultHeaders.URI, result.remoteImages().get(0).uri());
        }
        setText(message, result.text());
        set(message, ResultHeaders.RESPONSE_MODEL, result.model());
        set(message, ResultHeaders.RESPONSE_ID, result.responseId());
        set(message, ResultHeaders.FINISH_REASON, result.finishReason());
        set(message, ResultHeaders.FINISH_MESSAGE, result.finishMessage());
        writeUsage(message, result.usage(), result.estimatedCost());
        set(message, ResultHeaders.ATTEMPTS, result.attempts());
        if (result.grounding() != null) {
            set(
                    message,
                    ResultHeaders.GROUNDING_SOURCES,
                    result.grounding().sources().size());
            exchange.setProperty(GROUNDING_PROPERTY, result.grounding());
        }
        if (!result.failures().isEmpty()) {
            set(message, ResultHeaders.FAILURE_COUNT, result.failures().size());
        }
        exchange.setProperty(USAGE_PROPERTY, result.usage());
        exchange.setProperty(RESULT_PROPERTY, result);
        exchange.setProperty(TEXT_PROPERTY, result.text());
    }

    /**
     * Writes "no picture", for routes that do not want this to be a failure.
     *
     * @return false when the failure is of another kind, and nothing was written
     */
    public static boolean writeNoPicture(GeminiImageException failure, Exchange exchange) {
        if (!(failure instanceof NoPictureError)) {
            return false;
        }
        Message message = exchange.getMessage();
        clear(exchange);
        message.setBody(null);
        ContentHeaders.clear(message);
        if (failure instanceof PromptBlockedException blocked) {
            set(message, ResultHeaders.BLOCK_REASON, blocked.getBlockReason());
        } else if (failure instanceof ImageBlockedException blocked) {
            set(message, ResultHeaders.FINISH_REASON, blocked.getFinishReason());
            set(message, ResultHeaders.FINISH_MESSAGE, blocked.getFinishMessage());
        } else if (failure instanceof NoImageException none) {
            set(message, ResultHeaders.FINISH_REASON, none.getFinishReason());
            set(message, ResultHeaders.FINISH_MESSAGE, none.getFinishMessage());
            setText(message, none.getText());
            exchange.setProperty(TEXT_PROPERTY, none.getText());
        }
        set(message, ResultHeaders.IMAGE_COUNT, 0);
        set(message, ResultHeaders.RESPONSE_MODEL, failure.getModel());
        writeUsage(message, failure.getUsage(), failure.getEstimatedCost());
        set(message, ResultHeaders.ATTEMPTS, failure.getAttempts());
        return true;
    }

    /** Writes an empty result without a failure, as after the reset of a conversation. */
    public static void writeNothing(Exchange exchange) {
        clear(exchange);
        exchange.getMessage().setBody(null);
        ContentHeaders.clear(exchange.getMessage());
        exchange.getMessage().setHeader(ResultHeaders.IMAGE_COUNT, 0);
    }

    /** Writes the current conversation. */
    public static void writeConversation(Payload contents, int turns, Exchange exchange) {
        exchange.getMessage().setHeader(ResultHeaders.CONVERSATION_TURNS, turns);
        exchange.setProperty(NEXT_TURN_CONTENTS_PROPERTY, contents.handOut());
    }

    /** Writes the models of a service: a list, or the map of one. */
    public static void writeModels(Object models, Exchange exchange) {
        exchange.getMessage().setBody(models);
        ContentHeaders.clear(exchange.getMessage());
    }

    /** Writes a token count: the total as body and header, the counts by modality as property. */
    public static void writeTokens(Usage tokens, Exchange exchange) {
        clear(exchange);
        exchange.getMessage().setBody(tokens.totalTokens());
        ContentHeaders.clear(exchange.getMessage());
        set(exchange.getMessage(), ResultHeaders.PROMPT_TOKENS, tokens.promptTokens());
        set(exchange.getMessage(), ResultHeaders.TOTAL_TOKENS, tokens.totalTokens());
        exchange.setProperty(USAGE_PROPERTY, tokens);
    }

    /** Removes the results of an earlier call in the same route. */
    private static void clear(Exchange exchange) {
        OUTPUT_HEADERS.forEach(exchange.getMessage()::removeHeader);
        ONCE.forEach(exchange.getMessage()::removeHeader);
        exchange.removeProperty(RequestHeaders.CONTENTS);
        exchange.removeProperty(NEXT_TURN_CONTENTS_PROPERTY);
        exchange.removeProperty(RESULT_PROPERTY);
        exchange.removeProperty(GROUNDING_PROPERTY);
        exchange.removeProperty(USAGE_PROPERTY);
        exchange.removeProperty(TEXT_PROPERTY);
    }

    private static void writeUsage(Message message, Usage usage, BigDecimal estimatedCost) {
        set(message, ResultHeaders.PROMPT_TOKENS, usage.promptTokens());
        set(message, ResultHeaders.OUTPUT_TOKENS, usage.outputTokens());
        set(message, ResultHeaders.THOUGHT_TOKENS, usage.thoughtTokens());
        set(message, ResultHeaders.TOTAL_TOKENS, usage.totalTokens());
        // A Double, since Kafka and others support no BigDecimal in a header.
        set(message, ResultHeaders.ESTIMATED_COST, estimatedCost == null ? null : estimatedCost.doubleValue());
    }

    /**
     * Sets a file name that matches the bytes, for {@code file:}, {@code ftp:} and other components that use it.
     * Creates a name if there is none, and corrects the extension of a name from the input (a prompt in {@code .txt},
     * or a {@code .png} that became JPEG). Other names stay.
     */
    private static void nameFile(Exchange exchange, String extension) {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        String fitting = name == null || name.isBlank() ? exchange.getExchangeId() + "." + extension : name;
        exchange.getMessage().setHeader(Exchange.FILE_NAME, FileEndings.fit(fitting, extension));
    }

    /** The text of the model keeps its line breaks. */
    private static void setText(Message message, String text) {
        if (text != null) {
            message.setHeader(ResultHeaders.TEXT, OutsideText.header(text));
        }
    }

    /** Limits texts to a length that headers can have on their way to other systems. */
    private static void set(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value instanceof String text ? OutsideText.of(text) : value);
        }
    }
}

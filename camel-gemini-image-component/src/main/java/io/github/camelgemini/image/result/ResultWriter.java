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
 * {@code ImageResult → Exchange}: pictures as body, as list, as attachments or as JSON, or that there is none; facts as headers
 * and properties. A header of an earlier call that has no value this time goes away.
 */
public final class ResultWriter {

    /**
     * The exchange property that holds the whole {@link ImageResult}, thoughts and grounding included.
     */
    public static final String RESULT_PROPERTY = "CamelGeminiImageResult";

    /**
     * The exchange property that holds the conversation after an answer of {@code chat}: a
     * {@link io.github.camelgemini.image.payload.Payload}, the JSON of the API's {@code contents}.
     */
    public static final String NEXT_TURN_CONTENTS_PROPERTY = "CamelGeminiImageNextTurnContents";

    /** The exchange property that holds the {@link Grounding}, where the model looked something up. */
    public static final String GROUNDING_PROPERTY = "CamelGeminiImageGrounding";

    /** The exchange property that holds the {@link Usage}: the tokens by modality. */
    public static final String USAGE_PROPERTY = "CamelGeminiImageUsage";

    /** The exchange property that holds all that the model said; its header has the first 2,000 characters. */
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

    /** What a message asks for once: left there, it would be asked again of the next endpoint of the route. */
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
            // One name for all would make each picture of a split overwrite the one before; without, each is named
            // anew.
            message.removeHeader(Exchange.FILE_NAME);
        }
        if (output == Output.ATTACHMENTS) {
            String name = message.getHeader(Exchange.FILE_NAME, String.class);
            PictureAttachments.write(result.images(), name, exchange);
        }
    }

    /** Pictures that are elsewhere: nothing is known of them but where that is. */
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
     * @param json what {@link ResultJson} made of the result
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
     * Writes "no picture", for routes that asked not to fail for it.
     *
     * @return false when the failure is no such answer, and nothing was written
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

    /** Writes that there is nothing to show and nothing went wrong, as after the reset of a conversation. */
    public static void writeNothing(Exchange exchange) {
        clear(exchange);
        exchange.getMessage().setBody(null);
        ContentHeaders.clear(exchange.getMessage());
        exchange.getMessage().setHeader(ResultHeaders.IMAGE_COUNT, 0);
    }

    /** Writes where a conversation stands. */
    public static void writeConversation(Payload contents, int turns, Exchange exchange) {
        exchange.getMessage().setHeader(ResultHeaders.CONVERSATION_TURNS, turns);
        exchange.setProperty(NEXT_TURN_CONTENTS_PROPERTY, contents.handOut());
    }

    /** Writes what the service says of models: a list, or the map of one. */
    public static void writeModels(Object models, Exchange exchange) {
        exchange.getMessage().setBody(models);
        ContentHeaders.clear(exchange.getMessage());
    }

    /** Writes a count of tokens: all as body and header, by modality as property. */
    public static void writeTokens(Usage tokens, Exchange exchange) {
        clear(exchange);
        exchange.getMessage().setBody(tokens.totalTokens());
        ContentHeaders.clear(exchange.getMessage());
        set(exchange.getMessage(), ResultHeaders.PROMPT_TOKENS, tokens.promptTokens());
        set(exchange.getMessage(), ResultHeaders.TOTAL_TOKENS, tokens.totalTokens());
        exchange.setProperty(USAGE_PROPERTY, tokens);
    }

    /** Takes away what an earlier call in the same route said. */
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
        // A Double, since Kafka and others carry no BigDecimal in a header.
        set(message, ResultHeaders.ESTIMATED_COST, estimatedCost == null ? null : estimatedCost.doubleValue());
    }

    /**
     * Sees to a file name that fits the bytes, for {@code file:}, {@code ftp:} and others that go by it: gives one where there
     * is none, and corrects the ending of one that names what went in (a prompt in {@code .txt}, a {@code .png} that came
     * back as JPEG). Other names are the route's.
     */
    private static void nameFile(Exchange exchange, String extension) {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        String fitting = name == null || name.isBlank() ? exchange.getExchangeId() + "." + extension : name;
        exchange.getMessage().setHeader(Exchange.FILE_NAME, FileEndings.fit(fitting, extension));
    }

    /** What the model said is the user's, with its line breaks. */
    private static void setText(Message message, String text) {
        if (text != null) {
            message.setHeader(ResultHeaders.TEXT, OutsideText.header(text));
        }
    }

    /** Texts no longer than what headers carry on the way to other systems. */
    private static void set(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value instanceof String text ? OutsideText.of(text) : value);
        }
    }
}

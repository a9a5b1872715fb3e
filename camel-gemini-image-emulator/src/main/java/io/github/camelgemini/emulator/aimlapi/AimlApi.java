package io.github.camelgemini.emulator.aimlapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Api;
import io.github.camelgemini.emulator.api.Balance;
import io.github.camelgemini.emulator.api.Drawings;
import io.github.camelgemini.emulator.api.EndedModels;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.HostedPictures;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.PictureFields;
import io.github.camelgemini.emulator.api.ReferenceFetch;
import io.github.camelgemini.emulator.api.References;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Target;
import io.github.camelgemini.emulator.api.Trouble;
import io.github.camelgemini.emulator.model.ModelCatalog;
import io.github.camelgemini.emulator.picture.Drawing;
import io.github.camelgemini.emulator.picture.EncodedPicture;
import io.github.camelgemini.emulator.picture.Studio;
import io.github.camelgemini.emulator.wire.Base64Body;
import io.github.camelgemini.emulator.wire.Streamed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/**
 * AI/ML API, as github.com/aimlapi/api-docs describes it: {@code POST /v1/images/generations} and {@code GET
 * /v2/billing}, with a bearer token.
 *
 * <p>Answers contain URLs of pictures, as in the examples. The fault {@code inlineData} puts pictures into {@code
 * b64_json}. Refusals of the model are not documented; here they are an error 400 with the reason.
 */
public final class AimlApi implements Api {

    private static final String GENERATE = "images.generations";
    private static final String BILLING = "billing";
    private static final Pattern CLIENT_REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private final Optional<String> key;
    private final Balance balance;
    private final Studio studio;
    private final EndedModels ended;
    private final HostedPictures hosted;
    private final ReferenceFetch fetch;
    private final AimlChecks checks;

    /**
     * Creates the service.
     *
     * @param key the only valid one; empty accepts any
     * @param balance the credits
     */
    public AimlApi(Optional<String> key, Balance balance, Studio studio, EndedModels ended, HostedPictures hosted) {
        this.key = key;
        this.balance = balance;
        this.studio = studio;
        this.ended = ended;
        this.hosted = hosted;
        this.fetch = new ReferenceFetch(hosted::bytes);
        this.checks = new AimlChecks(ModelCatalog.of("aimlapi"), ended);
    }

    @Override
    public Set<String> operations() {
        return Set.of(GENERATE, BILLING);
    }

    @Override
    public Optional<Target> target(String method, String path, String query) {
        return switch (method + " " + path) {
            case "POST /v1/images/generations" -> Optional.of(new Target(GENERATE, "", true, false));
            case "GET /v2/billing" -> Optional.of(new Target(BILLING, "", false, false));
            default -> Optional.empty();
        };
    }

    @Override
    public PictureFields pictureFields() {
        return (parent, field) ->
                parent.equals("image_urls") && field.isEmpty() ? PictureFields.Form.ANY : PictureFields.Form.NONE;
    }

    @Override
    public String model(Target target, JsonNode body) {
        return body.path("model").asText();
    }

    @Override
    public String prompt(JsonNode body) {
        return body.path("prompt").asText();
    }

    @Override
    public String opening() {
        return "{\"data\":[{\"b64_json\":\"";
    }

    @Override
    public CompletableFuture<Reply> reply(Incoming incoming) {
        try {
            Optional<String> sent = incoming.bearerToken();
            if (sent.isEmpty() || (key.isPresent() && !key.equals(sent))) {
                throw new RefusedByAimlException(AimlError.key());
            }
            return switch (incoming.target().map(Target::operation).orElse("")) {
                case GENERATE -> generate(incoming);
                case BILLING -> CompletableFuture.completedFuture(billing());
                default -> throw new RefusedByAimlException(AimlError.noSuchUrl(incoming.method(), incoming.path()));
            };
        } catch (RefusedByAimlException refused) {
            return CompletableFuture.completedFuture(error(incoming, refused.error()));
        }
    }

    @Override
    public Reply error(Incoming incoming, Trouble trouble) {
        String model = incoming.target().map(Target::model).orElse("");
        Reply reply = error(incoming, AimlError.of(trouble, model));
        // The header for the retry delay is not documented; similar services use this one.
        return trouble.retryDelay().isZero()
                ? reply
                : reply.withHeader(
                        "Retry-After",
                        Long.toString(trouble.retryDelay().plusMillis(999).toSeconds()));
    }

    @Override
    public void clear() {
        balance.fill();
    }

    private Reply billing() {
        return Reply.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("current_balance", balance.left())
                        .put("currency", "USD"));
    }

    private CompletableFuture<Reply> generate(Incoming incoming) throws RefusedByAimlException {
        AimlRequest request = checks.check(incoming.body());
        Generation generation = incoming.generation();
        if (!generation.parts && !generation.emptyContent) {
            String reason = generation.blockReason != null ? generation.blockReason : generation.finishReason;
            throw new RefusedByAimlException(new AimlError(
                    400, generation.finishMessage == null ? reason : reason + ": " + generation.finishMessage));
        }
        return References.of(request.references(), fetch, incoming.url())
                .thenCompose(references -> draw(request, references.tiles(), incoming)
                        .whenComplete((reply, failure) -> references.close()))
                .exceptionally(failure -> {
                    if (failure instanceof References.MissingException missing) {
                        return error(
                                incoming,
                                AimlError.validation(
                                        "image_urls." + missing.index() + ": The image could not be downloaded"));
                    }
                    throw new CompletionException(failure);
                });
    }

    private CompletableFuture<Reply> draw(AimlRequest request, List<Drawing.Tile> tiles, Incoming incoming) {
        Generation generation = incoming.generation();
        Drawings drawings = new Drawings(
                new Drawings.Wish(
                        request.prompt(), request.aspectRatio(), request.resolution(), Optional.empty(), tiles),
                request.model(),
                generation);
        int number = generation.parts ? generation.pictures : 0;
        Price price = Price.of(number, drawings.tokensPerPicture(), tiles.size());
        if (!balance.spend(price.usd())) {
            return CompletableFuture.completedFuture(error(incoming, AimlError.outOfCredits()));
        }
        if (!ended.call(request.model().id())) {
            balance.refund(price.usd());
            return CompletableFuture.completedFuture(
                    error(incoming, AimlError.modelNotFound(request.model().id())));
        }
        List<CompletableFuture<EncodedPicture>> pictures = new ArrayList<>();
        for (int n = 0; n < number; n++) {
            pictures.add(studio.make(drawings.drawing(n)));
        }
        return CompletableFuture.allOf(pictures.toArray(CompletableFuture[]::new))
                .thenApply(all ->
                        answer(pictures.stream().map(CompletableFuture::join).toList(), price, incoming));
    }

    private Reply answer(List<EncodedPicture> pictures, Price price, Incoming incoming) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (pictures.isEmpty()) {
            json.putNull("data");
        } else {
            ArrayNode data = json.putArray("data");
            pictures.forEach(picture -> data.add(entry(picture, incoming)));
        }
        json.putObject("meta")
                .putObject("usage")
                .put("credits_used", price.credits())
                .put("usd_spent", price.usd());
        return tagged(Reply.json(200, json), UUID.randomUUID(), incoming)
                .withHeader("x-aimlapi-credits-used", Long.toString(price.credits()))
                .withHeader("x-aimlapi-usd-spent", price.usd().toPlainString());
    }

    private ObjectNode entry(EncodedPicture picture, Incoming incoming) {
        Generation generation = incoming.generation();
        ObjectNode entry = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "mime_type",
                        generation.declaredMimeType == null ? picture.mimeType() : generation.declaredMimeType);
        if (generation.formOr(Generation.Form.URL) == Generation.Form.INLINE) {
            Streamed data = () -> new Base64Body(generation.bytes(picture), generation.pictureBytes, generation.base64);
            return entry.putPOJO("b64_json", data).putNull("url");
        }
        String url = generation.pictureUrl != null
                ? generation.pictureUrl
                : incoming.url()
                        + hosted.keep(
                                picture.mimeType(),
                                () -> Base64Body.plain(generation.bytes(picture), generation.pictureBytes));
        return entry.putNull("b64_json").put("url", url);
    }

    private static Reply error(Incoming incoming, AimlError error) {
        UUID id = UUID.randomUUID();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("message", error.message())
                .put("path", incoming.path())
                .put("requestId", id.toString());
        if (incoming.generation().numericStatusCode) {
            json.put("statusCode", error.status());
        } else {
            json.put("statusCode", Integer.toString(error.status()));
        }
        json.put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        return tagged(Reply.json(error.status(), json), id, incoming);
    }

    private static Reply tagged(Reply reply, UUID id, Incoming incoming) {
        Reply tagged = reply.withHeader("x-inference-id", id.toString());
        return incoming.header("x-client-request-id")
                .filter(sent -> CLIENT_REQUEST_ID.matcher(sent).matches())
                .map(sent -> tagged.withHeader("x-client-request-id", sent))
                .orElse(tagged);
    }
}

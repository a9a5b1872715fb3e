package io.github.camelgemini.image.backend.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.camelgemini.image.backend.PictureFetch;
import io.github.camelgemini.image.backend.TokenCounts;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.Consumption;
import io.github.camelgemini.image.model.Grounding;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ServiceTier;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.json.ResponseJson;
import io.github.camelgemini.image.request.ReferenceImage;
import io.github.camelgemini.image.request.ThoughtSignature;
import io.github.camelgemini.image.request.Turn;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.RemoteImage;
import io.github.camelgemini.image.secret.OutsideText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JSON answer of {@code generateContent}, {@code → ImageResult}, or the exception that says why there is no
 * picture.
 */
final class GenerateContentResponse {

    /** The finish reasons of a filter. All other reasons without a picture come from the model itself. */
    private static final Set<String> BLOCKED = Set.of(
            "SAFETY",
            "RECITATION",
            "LANGUAGE",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION",
            "MODEL_ARMOR",
            "ESCALATION");
    /** The finish reason of a restricted account. Every request gets it. */
    private static final String ACCOUNT_LIMITED = "PUP_LIMITED_DISABLED";

    private static final Logger LOG = LoggerFactory.getLogger(GenerateContentResponse.class);
    /** The largest number of other parts that a message names; an answer may have thousands. */
    private static final int MOST_NAMED = 5;
    /** The largest number of billed pictures or searches that is accepted for one call. */
    private static final int MOST_BILLED = 100;

    private final Asked asked;
    private final JsonNode root;
    private final JsonNode candidate;
    private final String servedTier;
    private final ModelCatalog catalog;
    private final List<StringBuilder> saidTexts = new ArrayList<>();
    private final List<StringBuilder> saidThoughts = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Turn.Part> said = new ArrayList<>();
    /** Parts that should be a picture but are not. */
    private final List<String> odd = new ArrayList<>();

    private final List<RemoteImage> remote = new ArrayList<>();
    private final RemotePictures remotePictures;

    private final TokenCounts tokens = new TokenCounts();
    private int thoughtPictures;

    private GenerateContentResponse(
            Asked asked, JsonNode root, String servedTier, ModelCatalog catalog, RemotePictures remotePictures) {
        this.remotePictures = remotePictures;
        this.asked = asked;
        this.servedTier = servedTier;
        this.root = root;
        this.candidate = root.path("candidates").path(0);
        this.catalog = catalog;
    }

    /**
     * Reads an answer.
     *
     * @param asked the request data
     * @param root the answer, with its pictures as payloads
     * @param servedTier the service tier from the answer's header, or null
     * @param remotePictures downloads pictures that the answer refers to by URL
     * @return a result with at least one picture
     * @throws GeminiImageException when there is no picture; then the payloads are discarded
     */
    static ImageResult read(
            Asked asked, JsonNode root, String servedTier, ModelCatalog catalog, RemotePictures remotePictures) {
        try {
            return new GenerateContentResponse(asked, root, servedTier, catalog, remotePictures).read();
        } catch (RuntimeException e) {
            ResponseJson.discard(root);
            throw e;
        }
    }

    private ImageResult read() {
        List<GeneratedImage> images = readParts();
        saidTexts.forEach(each -> texts.add(each.toString()));
        String finishReason = OutsideText.word(text(candidate, "finishReason"));
        String finishMessage = text(candidate, "finishMessage");
        String wholeText = text();
        if (images.isEmpty() && remote.isEmpty() && !BLOCKED.contains(String.valueOf(finishReason))) {
            // Some gateways answer with URLs instead of pictures.
            images.addAll(remotePictures
                    .fetch(PictureLinks.in(texts), PictureFetch.By.MODEL)
                    .values());
            if (!images.isEmpty()) {
                PictureLinks.takeFrom(texts);
            }
        }
        // A picture that has arrived is billed, whatever the rest of the answer says.
        if (images.isEmpty() && remote.isEmpty()) {
            throw LocalStorageException.or(
                    remotePictures.failure(), () -> noPicture(finishReason, finishMessage, wholeText));
        }
        String text = text();
        if (!odd.isEmpty()) {
            LOG.info(
                    "The answer of model {} contains data besides its images that is not an image: {}",
                    asked.model(),
                    odd);
        }
        Usage usage = usage();
        BigDecimal cost = cost(usage, images.size() + remote.size());
        return new ImageResult(
                images,
                text,
                saidThoughts.stream().map(StringBuilder::toString).toList(),
                root.path("modelVersion").asText(asked.model()),
                text(root, "responseId"),
                finishReason,
                finishMessage,
                usage,
                cost,
                grounding(),
                1,
                new Turn(Turn.Role.MODEL, said),
                remote,
                List.of());
    }

    private String text() {
        return texts.isEmpty() ? null : String.join("\n", texts);
    }

    private GeminiImageException noPicture(String finishReason, String finishMessage, String text) {
        String blockReason = OutsideText.word(text(root.path("promptFeedback"), "blockReason"));
        if (blockReason == null || blockReason.equals("BLOCK_REASON_UNSPECIFIED")) {
            return noImage(finishReason, finishMessage, text);
        }
        String message = text(root.path("promptFeedback"), "blockReasonMessage");
        return ACCOUNT_LIMITED.equals(blockReason)
                ? limited(message)
                : new PromptBlockedException(
                        "The prompt was blocked: " + blockReason
                                + (message == null ? "" : " (" + OutsideText.of(message) + ")"),
                        blockReason,
                        provider(message));
    }

    private List<GeneratedImage> readParts() {
        List<GeneratedImage> images = new ArrayList<>();
        Map<String, GeneratedImage> fetched = remotePictures.fetch(
                parts().stream()
                        .map(GenerateContentResponse::fileUri)
                        .filter(uri -> !uri.isEmpty() && RemotePictures.isFetched(uri))
                        .toList(),
                PictureFetch.By.SERVICE);
        for (JsonNode part : parts()) {
            boolean thought = part.path("thought").asBoolean();
            if (part.path("text").isTextual()) {
                text(part, thought);
            }
            String uri = fileUri(part);
            if (!uri.isEmpty() && RemotePictures.isFetched(uri)) {
                fetched(part, fetched.get(uri), images);
            } else if (!uri.isEmpty()) {
                remote.add(new RemoteImage(uri, text(part.path("fileData"), "mimeType")));
                said.add(new Turn.Picture(
                        new ReferenceImage.Remote(uri, text(part.path("fileData"), "mimeType")),
                        false,
                        signature(part)));
            }
            JsonNode data = part.path("inlineData");
            if (data.isObject() && thought) {
                thoughtPictures++;
            } else if (data.isObject()) {
                picture(part, images);
            }
        }
        return images;
    }

    /** The URL of a picture that is not in the answer itself, except pictures of thoughts; empty for other parts. */
    private static String fileUri(JsonNode part) {
        return part.path("thought").asBoolean()
                ? ""
                : part.path("fileData").path("fileUri").asText("");
    }

    private void fetched(JsonNode part, GeneratedImage picture, List<GeneratedImage> images) {
        if (picture != null) {
            images.add(picture);
            said.add(new Turn.Picture(new ReferenceImage.Inline(picture, picture.info()), false, signature(part)));
        } else if (odd.size() < MOST_NAMED) {
            odd.add("an address without a retrievable image: " + OutsideText.of(remotePictures.reason()));
        }
    }

    /** An unreadable part must not affect another picture, which is billed. */
    private void picture(JsonNode part, List<GeneratedImage> images) {
        JsonNode data = part.path("inlineData");
        Payload payload = payload(data.path("data"));
        Optional<ImageInfo> info = payload == null ? Optional.empty() : ImageInfo.read(payload);
        if (info.isPresent()) {
            images.add(new GeneratedImage(payload, info.get()));
            said.add(new Turn.Picture(new ReferenceImage.Inline(payload, info.get()), false, signature(part)));
            return;
        }
        if (odd.size() < MOST_NAMED) {
            long length = payload == null ? 0 : payload.length();
            odd.add(length + " bytes declared as "
                    + OutsideText.word(data.path("mimeType").asText("no type"))
                    + " that are not an image of a known type");
        }
        if (payload != null) {
            payload.discard();
        }
    }

    /** Thoughts are not sent back to the model. A text with nothing but a signature is. */
    private void text(JsonNode part, boolean thought) {
        String text = part.path("text").asText();
        if (!text.isEmpty()) {
            List<StringBuilder> all = thought ? saidThoughts : saidTexts;
            if (part.path(StreamedAnswer.CONTINUES).asBoolean() && !all.isEmpty()) {
                all.get(all.size() - 1).append(text);
            } else {
                all.add(new StringBuilder(text));
            }
        }
        if (!thought && !(text.isEmpty() && signature(part) == null)) {
            said.add(new Turn.Text(text, false, signature(part)));
        }
    }

    /** An unreadable signature only matters if the conversation continues. */
    private static PayloadSource signature(JsonNode part) {
        try {
            return ThoughtSignature.read(part.path("thoughtSignature"));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The parts of all candidates. The models give one, but a billed picture is used wherever it is. */
    private List<JsonNode> parts() {
        List<JsonNode> parts = new ArrayList<>();
        for (JsonNode each : root.path("candidates")) {
            each.path("content").path("parts").forEach(parts::add);
        }
        return parts;
    }

    private static Payload payload(JsonNode node) {
        return node instanceof POJONode pojo && pojo.getPojo() instanceof Payload payload ? payload : null;
    }

    private GeminiImageException noImage(String finishReason, String finishMessage, String text) {
        String detail = (finishMessage == null ? "" : ": " + OutsideText.of(finishMessage)) + dropped();
        if (finishReason != null && BLOCKED.contains(finishReason)) {
            return new ImageBlockedException(
                    "The image was blocked, finish reason " + finishReason + detail,
                    finishReason,
                    finishMessage,
                    provider(finishMessage));
        }
        if (ACCOUNT_LIMITED.equals(finishReason)) {
            return limited(finishMessage);
        }
        if ("MISSING_THOUGHT_SIGNATURE".equals(finishReason)) {
            return new InvalidRequestException(
                    "The model refuses a turn without its thought signature, finish reason " + finishReason + detail
                            + ". Send the turns of a conversation unchanged.",
                    provider(finishMessage),
                    null);
        }
        if ("MALFORMED_RESPONSE".equals(finishReason)) {
            return new MalformedResponseException(
                    "The model returned an unusable answer, finish reason " + finishReason + detail,
                    provider(finishMessage),
                    null);
        }
        if (finishReason == null && candidate.isMissingNode()) {
            return new MalformedResponseException(
                    "The answer has neither candidates nor a block reason", provider(null), null);
        }
        if (!odd.isEmpty() && !"NO_IMAGE".equals(finishReason)) {
            return new MalformedResponseException(
                    "The answer has no image, finish reason " + finishReason + detail, provider(finishMessage), null);
        }
        String said = text == null ? "" : "; the model answered with text: " + OutsideText.of(text);
        return new NoImageException(
                "The model answered without an image, finish reason " + finishReason + detail + said,
                finishReason,
                finishMessage,
                text,
                provider(finishMessage));
    }

    private QuotaExhaustedException limited(String message) {
        return new QuotaExhaustedException(
                "The account is limited (" + ACCOUNT_LIMITED + ")"
                        + (message == null ? "" : ": " + OutsideText.of(message)),
                null,
                provider(message));
    }

    /** Why the answer gives no result. */
    private String dropped() {
        List<String> all = new ArrayList<>(odd);
        if (thoughtPictures > 0) {
            all.add((thoughtPictures == 1 ? "an interim image" : thoughtPictures + " interim images")
                    + " of the model's thinking (thought=true)");
        }
        return all.isEmpty() ? "" : "; discarded: " + String.join(", ", all);
    }

    private Grounding grounding() {
        JsonNode metadata = candidate.path("groundingMetadata");
        if (!metadata.isObject()) {
            return null;
        }
        List<Grounding.Source> sources = new ArrayList<>();
        for (JsonNode chunk : metadata.path("groundingChunks")) {
            JsonNode web = chunk.path("web");
            JsonNode image = chunk.path("image");
            if (web.isObject()) {
                sources.add(new Grounding.Source(text(web, "title"), text(web, "uri"), null));
            } else if (image.isObject()) {
                sources.add(
                        new Grounding.Source(text(image, "title"), text(image, "sourceUri"), text(image, "imageUri")));
            }
        }
        return new Grounding(
                sources,
                texts(metadata.path("webSearchQueries")),
                texts(metadata.path("imageSearchQueries")),
                text(metadata.path("searchEntryPoint"), "renderedContent"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private Usage usage() {
        JsonNode usage = root.path("usageMetadata");
        return new Usage(
                tokens.count(usage.path("promptTokenCount")),
                tokens.count(usage.path("candidatesTokenCount")),
                tokens.count(usage.path("thoughtsTokenCount")),
                tokens.count(usage.path("totalTokenCount")),
                tokens.byKind(usage.path("promptTokensDetails"), "modality", "tokenCount"),
                tokens.byKind(usage.path("candidatesTokensDetails"), "modality", "tokenCount"));
    }

    /** Null if not known, for example when the numbers of the server are invalid. */
    private BigDecimal cost(Usage usage, int images) {
        Grounding grounding = grounding();
        int searches = grounding == null ? 0 : grounding.searches();
        if (tokens.areOdd() || images > MOST_BILLED || searches > MOST_BILLED) {
            return null;
        }
        ServiceTier tier = tier(servedTier == null ? text(root.path("usageMetadata"), "serviceTier") : servedTier);
        Consumption consumption =
                asked.consumption(usage, images).withSearches(searches).withTier(tier);
        return catalog.find(asked.model())
                .flatMap(model -> model.estimateCost(consumption))
                .orElse(null);
    }

    /** The requested tier if the answer names none. An unknown tier is priced as the standard one. */
    private ServiceTier tier(String name) {
        try {
            return name == null ? asked.tier() : ServiceTier.parse(name);
        } catch (IllegalArgumentException e) {
            return ServiceTier.STANDARD;
        }
    }

    private ProviderError provider(String message) {
        Usage usage = usage();
        boolean billed = usage.totalTokens() > 0;
        return new ProviderError(200, null, message, asked.model(), usage, billed ? cost(usage, 0) : null);
    }

    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }
}

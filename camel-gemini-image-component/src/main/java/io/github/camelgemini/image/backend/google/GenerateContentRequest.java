package io.github.camelgemini.image.backend.google;

import com.google.genai.types.Blob;
import com.google.genai.types.Content;
import com.google.genai.types.FileData;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerationOutputConfig;
import com.google.genai.types.GoogleSearch;
import com.google.genai.types.ImageConfig;
import com.google.genai.types.ImageSearch;
import com.google.genai.types.Part;
import com.google.genai.types.SafetySetting;
import com.google.genai.types.SearchTypes;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.WebSearch;
import io.github.camelgemini.image.backend.gemini.AnswerSoFar;
import io.github.camelgemini.image.backend.gemini.SafetySettings;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.HarmCategory;
import io.github.camelgemini.image.model.OutputFormat;
import io.github.camelgemini.image.model.SafetyThreshold;
import io.github.camelgemini.image.model.WireName;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ReferenceImage;
import io.github.camelgemini.image.request.Turn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code ImageRequest → } the SDK's types for {@code generateContent}. Fields without a value are not sent. */
final class GenerateContentRequest {

    private final ImageRequest request;
    private final Surface surface;

    GenerateContentRequest(ImageRequest request, Surface surface) {
        this.request = request;
        this.surface = surface;
    }

    /**
     * The earlier turns, followed by the prompt and the reference images as the current turn.
     *
     * @param bytes gives the handle that the SDK gets in place of a picture or a thought signature
     */
    List<Content> contents(Function<PayloadSource, byte[]> bytes) {
        Stream<Turn> now = request.isCompleteByHistory() ? Stream.empty() : Stream.of(request.turn());
        return Stream.concat(request.history().stream(), now)
                .map(turn -> content(turn, bytes))
                .toList();
    }

    private static Content content(Turn turn, Function<PayloadSource, byte[]> bytes) {
        List<Part> parts = turn.parts().stream().map(part -> part(part, bytes)).toList();
        String role = turn.role() == Turn.Role.USER ? "user" : "model";
        return Content.builder().role(role).parts(parts).build();
    }

    private static Part part(Turn.Part said, Function<PayloadSource, byte[]> bytes) {
        Part.Builder part = said instanceof Turn.Picture picture
                ? picture(picture.image(), bytes)
                : Part.builder().text(((Turn.Text) said).text());
        if (said.thought()) {
            part.thought(true);
        }
        if (said.thoughtSignature() != null) {
            part.thoughtSignature(bytes.apply(said.thoughtSignature()));
        }
        return part.build();
    }

    private static Part.Builder picture(ReferenceImage image, Function<PayloadSource, byte[]> bytes) {
        if (image instanceof ReferenceImage.Inline inline) {
            Blob blob = Blob.builder()
                    .data(bytes.apply(inline.source()))
                    .mimeType(inline.mimeType())
                    .build();
            return Part.builder().inlineData(blob);
        }
        ReferenceImage.Remote remote = (ReferenceImage.Remote) image;
        FileData.Builder file = FileData.builder().fileUri(remote.uri());
        if (remote.mimeType() != null) {
            file.mimeType(remote.mimeType());
        }
        return Part.builder().fileData(file.build());
    }

    /** All other settings. */
    GenerateContentConfig config() {
        // The SDK gets an empty answer, so it could not continue one by itself.
        GenerateContentConfig.Builder config =
                GenerateContentConfig.builder().shouldReturnHttpResponse(true).automaticContinuation(false);
        byte[] token = AnswerSoFar.token(request);
        if (token != null) {
            config.continuationToken(token);
        }
        request.get(Parameter.SYSTEM_INSTRUCTION)
                .ifPresent(text -> config.systemInstruction(Content.fromParts(Part.fromText(text))));
        request.get(Parameter.RESPONSE_MODALITIES).ifPresent(list -> config.responseModalities(names(list)));
        request.get(Parameter.TEMPERATURE).ifPresent(value -> config.temperature(value.floatValue()));
        request.get(Parameter.TOP_P).ifPresent(value -> config.topP(value.floatValue()));
        request.get(Parameter.TOP_K).ifPresent(value -> config.topK(value.floatValue()));
        request.get(Parameter.SEED).ifPresent(config::seed);
        request.get(Parameter.MEDIA_RESOLUTION).ifPresent(value -> config.mediaResolution(value.wireName()));
        request.get(Parameter.SERVICE_TIER).ifPresent(value -> config.serviceTier(value.wireName()));
        request.get(Parameter.LABELS).filter(labels -> !labels.isEmpty()).ifPresent(config::labels);
        request.outputGcsUri()
                .ifPresent(prefix -> config.generationOutputConfig(
                        GenerationOutputConfig.builder().outputUriPrefix(prefix).build()));
        imageConfig(config);
        thinking(config);
        safety(config);
        grounding(config);
        return config.build();
    }

    private void imageConfig(GenerateContentConfig.Builder config) {
        ImageConfig.Builder image = ImageConfig.builder();
        request.get(Parameter.ASPECT_RATIO).map(AspectRatio::toString).ifPresent(image::aspectRatio);
        request.get(Parameter.IMAGE_SIZE).map(WireName::wireName).ifPresent(image::imageSize);
        request.get(Parameter.PERSON_GENERATION).map(WireName::wireName).ifPresent(image::personGeneration);
        if (surface == Surface.VERTEX) {
            // The Developer API has no output format; the component converts its pictures.
            Optional<OutputFormat> format = request.get(Parameter.OUTPUT_FORMAT);
            if (format.filter(OutputFormat.WEBP::equals).isPresent()) {
                // Vertex AI does not make this format. It sends PNG, so the pixels are compressed with loss only once.
                image.outputMimeType(OutputFormat.PNG.mimeType());
            } else {
                format.map(OutputFormat::mimeType).ifPresent(image::outputMimeType);
                request.get(Parameter.OUTPUT_QUALITY).ifPresent(image::outputCompressionQuality);
            }
        }
        ImageConfig built = image.build();
        if (!built.equals(ImageConfig.builder().build())) {
            config.imageConfig(built);
        }
    }

    private void thinking(GenerateContentConfig.Builder config) {
        if (request.get(Parameter.THINKING_LEVEL).isPresent() || request.is(Parameter.INCLUDE_THOUGHTS)) {
            ThinkingConfig.Builder thinking = ThinkingConfig.builder();
            request.get(Parameter.THINKING_LEVEL).map(WireName::wireName).ifPresent(thinking::thinkingLevel);
            if (request.is(Parameter.INCLUDE_THOUGHTS)) {
                thinking.includeThoughts(true);
            }
            config.thinkingConfig(thinking.build());
        }
    }

    private void safety(GenerateContentConfig.Builder config) {
        Map<HarmCategory, SafetyThreshold> settings = SafetySettings.of(request);
        if (!settings.isEmpty()) {
            config.safetySettings(settings.entrySet().stream()
                    .map(entry -> SafetySetting.builder()
                            .category(entry.getKey().wireName())
                            .threshold(entry.getValue().wireName())
                            .build())
                    .toList());
        }
    }

    private void grounding(GenerateContentConfig.Builder config) {
        boolean web = request.is(Parameter.GOOGLE_SEARCH);
        boolean images = request.is(Parameter.IMAGE_SEARCH);
        if (!web && !images) {
            return;
        }
        GoogleSearch.Builder search = GoogleSearch.builder();
        if (images) {
            // Without searchTypes the API searches the web only.
            SearchTypes.Builder types =
                    SearchTypes.builder().imageSearch(ImageSearch.builder().build());
            if (web) {
                types.webSearch(WebSearch.builder().build());
            }
            search.searchTypes(types.build());
        }
        config.tools(Tool.builder().googleSearch(search.build()).build());
    }

    private static List<String> names(List<? extends WireName> values) {
        return values.stream().map(WireName::wireName).toList();
    }
}

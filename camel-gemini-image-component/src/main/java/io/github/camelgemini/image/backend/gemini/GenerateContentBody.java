package io.github.camelgemini.image.backend.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.model.HarmCategory;
import io.github.camelgemini.image.model.ResponseModality;
import io.github.camelgemini.image.model.SafetyThreshold;
import io.github.camelgemini.image.model.WireName;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.json.Handle;
import io.github.camelgemini.image.payload.json.PayloadRequestBody;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ReferenceImage;
import io.github.camelgemini.image.request.Turn;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/**
 * {@code ImageRequest →} the JSON of {@code generateContent}. Pictures are streamed into it while it is sent. For
 * services that are called without Google's SDK. Fields without a value are left out, except the modalities: some
 * services require them.
 */
public final class GenerateContentBody {

    private static final MediaType JSON = MediaType.get("application/json");
    private final ImageRequest request;
    private final boolean inlineDataInSnakeCase;
    private final Map<Handle, PayloadSource> bytes = new LinkedHashMap<>();

    private GenerateContentBody(ImageRequest request, boolean inlineDataInSnakeCase) {
        this.request = request;
        this.inlineDataInSnakeCase = inlineDataInSnakeCase;
    }

    /**
     * Makes a request body. It reads the pictures again each time it is written.
     *
     * @param inlineDataInSnakeCase true to write pictures as {@code inline_data}, false for {@code inlineData}
     * @throws IOException when the length of a picture cannot be read
     */
    public static RequestBody of(ImageRequest request, boolean inlineDataInSnakeCase) throws IOException {
        GenerateContentBody body = new GenerateContentBody(request, inlineDataInSnakeCase);
        return new PayloadRequestBody(JSON, body.json().toString(), body.bytes);
    }

    /**
     * The turns alone, for services that put them into a different request.
     *
     * @param pictures receives the picture for each handle
     */
    public static ArrayNode contents(ImageRequest request, Map<Handle, PayloadSource> pictures) {
        GenerateContentBody body = new GenerateContentBody(request, false);
        ArrayNode contents = body.contents();
        pictures.putAll(body.bytes);
        return contents;
    }

    private ArrayNode contents() {
        ArrayNode contents = JsonNodeFactory.instance.arrayNode();
        Stream<Turn> now = request.isCompleteByHistory() ? Stream.empty() : Stream.of(request.turn());
        Stream.concat(request.history().stream(), now).forEach(turn -> turn(contents.addObject(), turn));
        return contents;
    }

    private ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("contents", contents());
        request.get(Parameter.SYSTEM_INSTRUCTION).ifPresent(text -> json.putObject("systemInstruction")
                .putArray("parts")
                .addObject()
                .put("text", text));
        json.set("generationConfig", config());
        safety(json);
        byte[] token = AnswerSoFar.token(request);
        if (token != null) {
            json.put("continuationToken", Base64.getEncoder().encodeToString(token));
        }
        return json;
    }

    private void turn(ObjectNode content, Turn turn) {
        content.put("role", turn.role() == Turn.Role.USER ? "user" : "model");
        ArrayNode parts = content.putArray("parts");
        turn.parts().forEach(part -> part(parts.addObject(), part));
    }

    private void part(ObjectNode part, Turn.Part said) {
        if (said instanceof Turn.Text text) {
            part.put("text", text.text());
        } else if (((Turn.Picture) said).image() instanceof ReferenceImage.Inline inline) {
            part.putObject(inlineDataInSnakeCase ? "inline_data" : "inlineData")
                    .put(inlineDataInSnakeCase ? "mime_type" : "mimeType", inline.mimeType())
                    .put("data", send(inline.source()));
        } else {
            ReferenceImage.Remote remote = (ReferenceImage.Remote) ((Turn.Picture) said).image();
            ObjectNode file = part.putObject("fileData").put("fileUri", remote.uri());
            if (remote.mimeType() != null) {
                file.put("mimeType", remote.mimeType());
            }
        }
        if (said.thought()) {
            part.put("thought", true);
        }
        if (said.thoughtSignature() != null) {
            part.put("thoughtSignature", send(said.thoughtSignature()));
        }
    }

    private String send(PayloadSource source) {
        Handle handle = Handle.create();
        bytes.put(handle, source);
        return handle.base64();
    }

    private ObjectNode config() {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        ArrayNode modalities = config.putArray("responseModalities");
        request.get(Parameter.RESPONSE_MODALITIES)
                .orElse(List.of(ResponseModality.TEXT, ResponseModality.IMAGE))
                .forEach(modality -> modalities.add(modality.wireName()));
        request.get(Parameter.TEMPERATURE).ifPresent(value -> config.put("temperature", value));
        request.get(Parameter.TOP_P).ifPresent(value -> config.put("topP", value));
        request.get(Parameter.TOP_K).ifPresent(value -> config.put("topK", value));
        request.get(Parameter.SEED).ifPresent(value -> config.put("seed", value));
        ObjectNode image = JsonNodeFactory.instance.objectNode();
        request.get(Parameter.ASPECT_RATIO).ifPresent(ratio -> image.put("aspectRatio", ratio.toString()));
        request.get(Parameter.IMAGE_SIZE).map(WireName::wireName).ifPresent(size -> image.put("imageSize", size));
        if (!image.isEmpty()) {
            config.set("imageConfig", image);
        }
        thinking(config);
        return config;
    }

    private void thinking(ObjectNode config) {
        ObjectNode thinking = JsonNodeFactory.instance.objectNode();
        request.get(Parameter.THINKING_LEVEL)
                .map(WireName::wireName)
                .ifPresent(level -> thinking.put("thinkingLevel", level));
        if (request.is(Parameter.INCLUDE_THOUGHTS)) {
            thinking.put("includeThoughts", true);
        }
        if (!thinking.isEmpty()) {
            config.set("thinkingConfig", thinking);
        }
    }

    private void safety(ObjectNode json) {
        Map<HarmCategory, SafetyThreshold> settings = SafetySettings.of(request);
        if (!settings.isEmpty()) {
            ArrayNode all = json.putArray("safetySettings");
            settings.forEach((category, threshold) ->
                    all.addObject().put("category", category.wireName()).put("threshold", threshold.wireName()));
        }
    }
}

package io.github.camelgemini.image.backend.aimlapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.payload.json.Handle;
import io.github.camelgemini.image.payload.json.PayloadRequestBody;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ReferenceImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/** {@link ImageRequest} → the JSON for AI/ML API. Pictures of the message are streamed into it as data URIs. */
final class AimlApiRequest {

    private static final MediaType JSON = MediaType.get("application/json");

    private AimlApiRequest() {}

    /**
     * @param model its name at the service
     * @throws IOException when the size of a picture cannot be read
     */
    static RequestBody body(ImageRequest request, String model) throws IOException {
        Map<Handle, PayloadSource> pictures = new LinkedHashMap<>();
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("model", model).put("prompt", request.prompt());
        if (!request.referenceImages().isEmpty()) {
            ArrayNode urls = json.putArray("image_urls");
            request.referenceImages().forEach(image -> urls.add(url(image, pictures)));
        }
        request.get(Parameter.ASPECT_RATIO).ifPresent(ratio -> json.put("aspect_ratio", ratio.toString()));
        request.get(Parameter.IMAGE_SIZE).ifPresent(size -> json.put("resolution", size.wireName()));
        if (request.is(Parameter.GOOGLE_SEARCH)) {
            json.put("enable_web_search", true);
        }
        return new PayloadRequestBody(JSON, json.toString(), pictures);
    }

    private static String url(ReferenceImage image, Map<Handle, PayloadSource> pictures) {
        if (image instanceof ReferenceImage.Remote remote) {
            return remote.uri();
        }
        if (image instanceof ReferenceImage.Inline inline) {
            Handle handle = Handle.create();
            pictures.put(handle, inline.source());
            return "data:" + inline.mimeType() + ";base64," + handle.base64();
        }
        throw new IllegalArgumentException("An image that was not fetched");
    }
}

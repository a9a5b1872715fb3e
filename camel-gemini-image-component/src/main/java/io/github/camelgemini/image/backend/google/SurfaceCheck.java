package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.HarmCategory;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ReferenceImage;
import java.util.Map;

/** Refuses what the selected API does not have, before the SDK throws or the API answers 400. */
final class SurfaceCheck {

    private static final String HOW_TO_VERTEX =
            ". To use it, set project and location, or vertexAi=true with an API key";

    private SurfaceCheck() {}

    static void check(ImageRequest request, Surface surface) {
        if (surface == Surface.DEVELOPER) {
            request.outputGcsUri().ifPresent(uri -> {
                throw new InvalidRequestException(
                        "outputGcsUri '" + uri + "' is supported by Vertex AI only" + HOW_TO_VERTEX);
            });
            refuse(request, Parameter.PERSON_GENERATION);
            refuse(request, Parameter.LABELS);
            request.get(Parameter.SAFETY_SETTINGS).map(Map::keySet).ifPresent(categories -> categories.stream()
                    .filter(HarmCategory::vertexOnly)
                    .findFirst()
                    .ifPresent(category -> {
                        throw new InvalidRequestException("safetySettings '" + category.name()
                                + "' is supported by Vertex AI only" + HOW_TO_VERTEX);
                    }));
        }
        request.allImages().forEach(image -> {
            if (image instanceof ReferenceImage.Remote remote) {
                refuse(remote.uri(), surface);
            }
        });
    }

    private static void refuse(ImageRequest request, Parameter<?> parameter) {
        request.get(parameter).ifPresent(value -> {
            throw new InvalidRequestException(
                    parameter + " '" + value + "' is supported by Vertex AI only" + HOW_TO_VERTEX);
        });
    }

    private static void refuse(String uri, Surface surface) {
        boolean cloudStorage = uri.startsWith("gs://");
        if (cloudStorage && surface == Surface.DEVELOPER) {
            throw new InvalidRequestException("referenceImages '" + uri
                    + "': only Vertex AI reads from Cloud Storage. For the Developer API upload the file with the Files API, or"
                    + " fetch it in the route and send it as body");
        }
        if (!cloudStorage && surface == Surface.VERTEX) {
            throw new InvalidRequestException("referenceImages '" + uri
                    + "': only the Developer API has the Files API. For Vertex AI put the image into Cloud Storage and"
                    + " reference it as gs://bucket/object");
        }
    }
}

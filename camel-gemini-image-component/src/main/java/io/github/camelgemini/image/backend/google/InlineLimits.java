package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelInput.InlineLimit;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.ReferenceImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which pictures are sent inside the request, and which are uploaded first. Refuses what fits neither way
 * before the transfer begins. The limit of a request counts pictures in Base64.
 */
final class InlineLimits {

    /** Largest file of the Files API, in bytes (https://ai.google.dev/gemini-api/docs/files). */
    private static final long LARGEST_FILE = 2L << 30;
    /** Above this size, a picture in a batch is uploaded. An upload is two calls. */
    private static final long LARGEST_IN_BATCH = 64 << 10;

    private final ModelCatalog catalog;
    private final Surface surface;
    private final ReferenceUpload upload;

    /**
     * @param upload what may be uploaded; INLINE if uploads are off
     */
    InlineLimits(ModelCatalog catalog, Surface surface, ReferenceUpload upload) {
        this.catalog = catalog;
        this.surface = surface;
        this.upload = upload;
    }

    /**
     * Refuses a request with too many bytes.
     *
     * @throws ReferenceImageException for a picture that is too large by itself
     * @throws InvalidRequestException for pictures that are too large together
     */
    void check(ImageRequest request) {
        if (upload == ReferenceUpload.FILES && surface == Surface.VERTEX) {
            throw new InvalidRequestException(
                    "referenceUpload 'FILES': only the Developer API has the Files API. For Vertex AI"
                            + " put large images into Cloud Storage and reference them as gs://bucket/object");
        }
        Set<ReferenceImage.Inline> uploaded = toUpload(request);
        List<ReferenceImage> images = request.allImages().toList();
        Optional<InlineLimit> limit = limit(request);
        long bytes = 0;
        long sent = 0;
        for (int i = 0; i < images.size(); i++) {
            if (!(images.get(i) instanceof ReferenceImage.Inline inline)) {
                continue;
            }
            long length = length(inline.source());
            boolean inside = !uploaded.contains(inline);
            long most = inside ? limit.flatMap(InlineLimit::bytesPerFile).orElse(Long.MAX_VALUE) : LARGEST_FILE;
            if (length > most) {
                throw new ReferenceImageException("reference image " + (i + 1) + " has " + length + " bytes; "
                        + (inside
                                ? request.model() + " accepts at most " + most + " inside a request"
                                : "the Files API accepts at most " + most)
                        + ". Make it smaller" + (inside ? ", or " + elsewhere() : ""));
            }
            if (inside) {
                bytes += length;
                sent += base64(length);
            }
        }
        long most = limit.flatMap(InlineLimit::bytesPerRequest).orElse(Long.MAX_VALUE);
        if (sent > most) {
            throw new InvalidRequestException("the reference images have " + bytes + " bytes together, in Base64 "
                    + sent + "; " + request.model() + " accepts at most " + most
                    + " in a request. Send fewer or smaller images, or " + elsewhere());
        }
    }

    private String elsewhere() {
        if (surface == Surface.VERTEX) {
            return "use Cloud Storage, with gs://bucket/object in referenceImages";
        }
        return upload == ReferenceUpload.INLINE
                ? "use the Files API, with referenceUpload=AUTO"
                : "start a new conversation";
    }

    /**
     * The user's pictures that are uploaded: the largest first, until the others fit. Pictures from the model stay
     * inside the request, because they must be sent back unchanged.
     */
    Set<ReferenceImage.Inline> toUpload(ImageRequest request) {
        Set<ReferenceImage.Inline> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        Optional<InlineLimit> limit = limit(request);
        boolean unlimited = upload == ReferenceUpload.AUTO && limit.isEmpty();
        if (surface == Surface.VERTEX || upload == ReferenceUpload.INLINE || unlimited) {
            return chosen;
        }
        List<ReferenceImage.Inline> largestFirst =
                new ArrayList<>(inline(request.imagesOfUser().toList()));
        if (upload == ReferenceUpload.FILES) {
            chosen.addAll(largestFirst);
            return chosen;
        }
        largestFirst.sort(Comparator.comparingLong((ReferenceImage.Inline image) -> length(image.source()))
                .reversed());
        long perFile = limit.flatMap(InlineLimit::bytesPerFile).orElse(Long.MAX_VALUE);
        long perRequest = limit.flatMap(InlineLimit::bytesPerRequest).orElse(Long.MAX_VALUE);
        long sent = inline(request.allImages().toList()).stream()
                .mapToLong(image -> base64(length(image.source())))
                .sum();
        for (ReferenceImage.Inline image : largestFirst) {
            long length = length(image.source());
            if (length > perFile || sent > perRequest) {
                chosen.add(image);
                sent -= base64(length);
            }
        }
        return chosen;
    }

    /** The user's pictures that are uploaded for a request in a batch. Thousands of requests often share them. */
    Set<ReferenceImage.Inline> toUploadForBatch(ImageRequest request) {
        Set<ReferenceImage.Inline> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        if (surface == Surface.DEVELOPER && upload != ReferenceUpload.INLINE) {
            inline(request.imagesOfUser().toList()).stream()
                    .filter(image -> upload == ReferenceUpload.FILES || length(image.source()) > LARGEST_IN_BATCH)
                    .forEach(chosen::add);
        }
        return chosen;
    }

    private Optional<InlineLimit> limit(ImageRequest request) {
        return catalog.find(request.model()).map(model -> model.input().inline());
    }

    private static List<ReferenceImage.Inline> inline(List<ReferenceImage> images) {
        return images.stream()
                .filter(ReferenceImage.Inline.class::isInstance)
                .map(ReferenceImage.Inline.class::cast)
                .toList();
    }

    private static long base64(long bytes) {
        return (bytes + 2) / 3 * 4;
    }

    private static long length(PayloadSource source) {
        try {
            return source.length();
        } catch (IOException e) {
            throw LocalStorageException.or(
                    e, () -> new ReferenceImageException("A reference image cannot be sent: " + e, e));
        }
    }
}

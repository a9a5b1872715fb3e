package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelSpec;
import io.github.camelgemini.image.model.ServiceFace;
import io.github.camelgemini.image.model.WireName;
import io.github.camelgemini.image.payload.ImageInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Refuses what the model would refuse, before anything is billed. For models that are not in the catalog, only general
 * limits are checked.
 */
public final class RequestCheck {

    /** The limit for unknown models: several times that of known ones. */
    private static final int MOST_REFERENCES = 100;

    private final ModelCatalog catalog;

    /**
     * @param catalog of the models as the service offers them
     */
    public RequestCheck(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Checks the parameters of an endpoint when it starts: each against the model, and whether the format can be
     * written here. Missing parameters are no error, since a message may set them.
     */
    public void template(ImageRequest request) {
        request.get(Parameter.OUTPUT_FORMAT)
                .ifPresent(format -> check(Parameter.OUTPUT_FORMAT, format, format::checkWritable));
        Parameter.ALL.forEach(
                parameter -> check(request, parameter, (model, value) -> model.checkTakes(parameter.optionName())));
        check(request, Parameter.ASPECT_RATIO, (model, ratio) -> {
            if (!ratio.isAuto()) {
                model.checkAspectRatio(ratio);
            }
        });
        check(request, Parameter.IMAGE_SIZE, ModelSpec::checkImageSize);
        check(request, Parameter.THINKING_LEVEL, ModelSpec::checkThinkingLevel);
        check(request, Parameter.GOOGLE_SEARCH, (model, wanted) -> {
            if (wanted) {
                model.checkWebSearch();
            }
        });
        check(request, Parameter.IMAGE_SEARCH, (model, wanted) -> {
            if (wanted) {
                model.checkImageSearch();
            }
        });
    }

    /** Checks a request that is about to be sent. */
    void complete(ImageRequest request) {
        if (request.prompt().length() > Values.LONGEST_TEXT) {
            throw new InvalidRequestException("prompt has " + request.prompt().length()
                    + " characters; it may have at most " + Values.LONGEST_TEXT);
        }
        if (request.prompt().isBlank() && !request.isCompleteByHistory()) {
            throw new InvalidRequestException("prompt is empty; set it as message body, as header "
                    + Parameter.PROMPT.headerName() + " or as option prompt");
        }
        if (request.endsWithUser() && !request.isCompleteByHistory()) {
            throw new InvalidRequestException(
                    "the contents end with a turn of the user, so no prompt and no reference images"
                            + " are allowed in addition. Put them into that turn, or send the contents exactly as the last"
                            + " answer returned them");
        }
        template(request);
        catalog.find(request.model()).ifPresent(model -> {
            checkSignatures(request, model);
            checkReferences(request, model);
        });
    }

    /** Refuses too many pictures before any is fetched. */
    void beforeFetching(ImageRequest request) {
        int count = request.referenceImages().size();
        if (count > MOST_REFERENCES) {
            throw new InvalidRequestException(
                    "number of reference images '" + count + "' is more than any request may have: " + MOST_REFERENCES);
        }
        catalog.find(request.model()).ifPresent(model -> checkCount(pictures(request.referenceImages()), model));
    }

    /** The model's limit for a picture in bytes, as far as known. */
    long largestReference(ImageRequest request) {
        return catalog.find(request.model())
                .flatMap(model -> model.input().inline().bytesPerFile())
                .orElse(Long.MAX_VALUE);
    }

    /** Gemini 3 recognizes its own pictures only by their thought signatures. */
    private static void checkSignatures(ImageRequest request, ModelSpec model) {
        if (!model.capabilities().signaturesRequired()) {
            return;
        }
        for (int i = 0; i < request.history().size(); i++) {
            Turn turn = request.history().get(i);
            for (int j = 0; j < turn.parts().size(); j++) {
                Turn.Part part = turn.parts().get(j);
                boolean refused = turn.role() == Turn.Role.MODEL
                        && part instanceof Turn.Picture
                        && !part.thought()
                        && part.thoughtSignature() == null;
                if (refused) {
                    throw new InvalidRequestException(
                            "the image at /contents/" + i + "/parts/" + j
                                    + " is in a turn of the model but has no thoughtSignature, so "
                                    + request.model()
                                    + " would refuse it. Send the turns of the model unchanged, and put other images into a turn of the user");
                }
            }
        }
    }

    private void checkCount(int count, ModelSpec model) {
        try {
            check(model, offered -> offered.checkReferenceCount(count));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("number of reference images '" + count + "' " + e.getMessage(), e);
        }
    }

    private static int pictures(List<ReferenceImage> references) {
        return (int) references.stream().filter(ReferenceImage::mayBePicture).count();
    }

    private void checkReferences(ImageRequest request, ModelSpec model) {
        List<ReferenceImage> images = request.imagesOfUser().toList();
        checkCount(pictures(images), model);
        for (ReferenceImage image : images) {
            if (image.mimeType() != null) {
                try {
                    check(model, offered -> offered.checkReferenceType(image.mimeType()));
                } catch (IllegalArgumentException e) {
                    throw new ReferenceImageException(
                            (image.mayBePicture() ? "type of a reference image '" : "type of a reference '")
                                    + image.mimeType() + "' " + e.getMessage() + takers(image),
                            e);
                }
            }
        }
    }

    /** Names the services that accept a PDF or a video, for a model that does not. */
    private String takers(ReferenceImage media) {
        List<String> ids = media.mayBePicture()
                ? List.of()
                : catalog.specs().stream()
                        .filter(model -> model.input().mimeTypes().contains(media.mimeType()))
                        .map(ModelSpec::id)
                        .toList();
        return ids.isEmpty() ? "" : "; models that accept it: " + String.join(", ", ids);
    }

    private <T> void check(ImageRequest request, Parameter<T> parameter, BiConsumer<ModelSpec, T> rule) {
        request.get(parameter).ifPresent(value -> catalog.find(request.model())
                .ifPresent(
                        model -> check(parameter, value, () -> check(model, offered -> rule.accept(offered, value)))));
    }

    private static <T> void check(Parameter<T> parameter, T value, Runnable rule) {
        try {
            rule.run();
        } catch (IllegalArgumentException e) {
            Object written = value instanceof WireName name ? name.wireName() : value;
            throw new InvalidRequestException(parameter + " '" + written + "' " + e.getMessage(), e);
        }
    }

    /** If another service supports more of the model, the message says so. */
    private void check(ModelSpec model, Consumer<ModelSpec> rule) {
        try {
            rule.accept(model);
        } catch (IllegalArgumentException e) {
            String others =
                    ServiceFace.named(catalog.otherFaces(model.id(), offered -> holds(offered, rule)), catalog.faces());
            String here = catalog.face().map(face -> " at " + face.title()).orElse("");
            throw others.isEmpty()
                    ? e
                    : new IllegalArgumentException(e.getMessage() + here + "; services that support it: " + others, e);
        }
    }

    private static boolean holds(ModelSpec model, Consumer<ModelSpec> rule) {
        try {
            rule.accept(model);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The model's ratio nearest to the first available picture, as displayed. */
    Optional<AspectRatio> nearestAspectRatio(ImageRequest request) {
        Optional<ImageInfo> first = request.referenceImages().stream()
                .filter(ReferenceImage.Inline.class::isInstance)
                .map(image -> ((ReferenceImage.Inline) image).info())
                .filter(ImageInfo::isPicture)
                .findFirst();
        return first.flatMap(info -> catalog.find(request.model())
                .map(model -> AspectRatio.nearest(
                        info.displayWidth(),
                        info.displayHeight(),
                        model.output().ratios())));
    }
}

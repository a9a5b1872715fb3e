package io.github.camelgemini.image.model;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The facts about one model as a service offers it, with the checks of requests that follow from them. Unknown facts
 * are not checked; the API decides then. The message of every exception completes a sentence that begins with the
 * option and its value: "imageSize '4K' <em>must be one of 512, 1K for some-model</em>".
 *
 * @param id as in the request, without {@code models/}
 * @param title its name for people
 * @param nameAtService its id in calls of the service; the same as {@code id} at Google
 * @param aliases further names that the service accepts
 * @param lifeCycle its dates
 * @param input what it accepts
 * @param output what it makes
 * @param capabilities its other features
 * @param prices empty when unknown
 */
public record ModelSpec(
        String id,
        String title,
        String nameAtService,
        List<String> aliases,
        LifeCycle lifeCycle,
        ModelInput input,
        ModelOutput output,
        Capabilities capabilities,
        Optional<Prices> prices) {

    private static final String PICTURE = "image/";

    /** Copies the list. */
    public ModelSpec {
        aliases = List.copyOf(aliases);
    }

    /**
     * Refuses a ratio that the model doesn't have.
     *
     * @param ratio requested
     * @throws IllegalArgumentException names the ratios that it has
     */
    public void checkAspectRatio(AspectRatio ratio) {
        checkOneOf(ratio, output.ratios(), AspectRatio::toString);
    }

    /**
     * Refuses a size that the model doesn't have.
     *
     * @param size requested
     * @throws IllegalArgumentException names the sizes that it has
     */
    public void checkImageSize(ImageSize size) {
        checkOneOf(size, output.sizes(), ImageSize::wireName);
    }

    /**
     * Refuses more reference images than the documented limit. A recommendation is not checked.
     *
     * @param count of pictures in the request
     * @throws IllegalArgumentException names the limit
     */
    public void checkReferenceCount(int count) {
        input.maxReferenceImages().filter(max -> count > max).ifPresent(max -> {
            throw new IllegalArgumentException("must be " + max + " at most" + forThis());
        });
    }

    /**
     * Refuses a reference of a type that the model doesn't accept. It may be a picture, a PDF or a video.
     *
     * @param mimeType without parameters
     * @throws IllegalArgumentException names the types that it accepts
     */
    public void checkReferenceType(String mimeType) {
        String type = mimeType.toLowerCase(Locale.ROOT);
        // For a wrong picture, the message leaves out the types of videos.
        List<String> allowed = type.startsWith(PICTURE)
                ? input.mimeTypes().stream()
                        .filter(known -> known.startsWith(PICTURE))
                        .toList()
                : input.mimeTypes();
        checkOneOf(type, allowed, Function.identity());
    }

    /**
     * Refuses a thinking level that the model doesn't have. Refuses every level when the model doesn't think.
     *
     * @param level requested
     * @throws IllegalArgumentException names the levels that it has
     */
    public void checkThinkingLevel(ThinkingLevel level) {
        checkOffered(capabilities.thinks());
        checkOneOf(level, capabilities.thinkingLevels(), ThinkingLevel::wireName);
    }

    /**
     * Refuses grounding with web search when the model doesn't have it.
     *
     * @throws IllegalArgumentException when the model doesn't have it
     */
    public void checkWebSearch() {
        checkOffered(capabilities.webSearch());
    }

    /**
     * Refuses grounding with image search when the model doesn't have it.
     *
     * @throws IllegalArgumentException when the model doesn't have it
     */
    public void checkImageSearch() {
        checkOffered(capabilities.imageSearch());
    }

    /** Names of the parameters that it refuses; empty when none is known. */
    public Set<String> parametersNotTaken() {
        return capabilities.parametersNotTaken();
    }

    /**
     * Refuses a parameter that the model doesn't take, whatever its value.
     *
     * @param name of the parameter
     * @throws IllegalArgumentException when the model doesn't take it
     */
    public void checkTakes(String name) {
        checkOffered(Optional.of(!parametersNotTaken().contains(name)));
    }

    /**
     * The pixels of a picture.
     *
     * @param ratio its ratio
     * @param size its size
     * @return empty when the model doesn't make such a picture, or nobody has documented its pixels
     */
    public Optional<Dimensions> pixels(AspectRatio ratio, ImageSize size) {
        return output.pixels(ratio, size);
    }

    /**
     * Estimates the cost of a call, see {@link Prices#cost}.
     *
     * @param consumption of the call; without a size, the model's default size is used
     * @return US dollars, six decimals; empty when the prices are unknown
     */
    public Optional<BigDecimal> estimateCost(Consumption consumption) {
        Consumption sized = consumption.withImages(
                consumption.images(), consumption.size().or(output::defaultSize).orElse(null));
        return prices.flatMap(list -> list.cost(sized));
    }

    /** The same model under another of its names at the service. */
    ModelSpec named(String name) {
        return new ModelSpec(id, title, name, aliases, lifeCycle, input, output, capabilities, prices);
    }

    private void checkOffered(Optional<Boolean> offered) {
        if (!offered.orElse(true)) {
            throw new IllegalArgumentException("is not supported by " + id);
        }
    }

    private <T> void checkOneOf(T value, Collection<T> allowed, Function<T, String> spelling) {
        if (allowed.isEmpty() || allowed.contains(value)) {
            return;
        }
        String choice = allowed.size() == 1 ? "must be " : "must be one of ";
        throw new IllegalArgumentException(
                choice + allowed.stream().map(spelling).collect(joining(", ")) + forThis());
    }

    private String forThis() {
        return " for " + id;
    }
}

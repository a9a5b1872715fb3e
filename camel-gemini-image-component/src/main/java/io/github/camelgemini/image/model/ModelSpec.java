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
 * What is known of one model as a service offers it, and the checks of a request that follow from it. What is not known is not checked: then
 * the API decides. The message of every exception completes a sentence that begins with the option and its value:
 * "imageSize '4K' <em>must be one of 512, 1K for some-model</em>".
 *
 * @param id as in the request, without {@code models/}
 * @param title the name that people know it by
 * @param nameAtService its id in calls of the service; the same as {@code id} at Google
 * @param aliases further names that the service knows it by
 * @param lifeCycle its dates
 * @param input what it takes
 * @param output what it makes
 * @param capabilities what else it can do
 * @param prices what it costs; empty when unknown
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
     * @param ratio wanted
     * @throws IllegalArgumentException naming the ratios that it has
     */
    public void checkAspectRatio(AspectRatio ratio) {
        checkOneOf(ratio, output.ratios(), AspectRatio::toString);
    }

    /**
     * Refuses a size that the model doesn't have.
     *
     * @param size wanted
     * @throws IllegalArgumentException naming the sizes that it has
     */
    public void checkImageSize(ImageSize size) {
        checkOneOf(size, output.sizes(), ImageSize::wireName);
    }

    /**
     * Refuses more reference pictures than the documented limit. A mere recommendation refuses nothing.
     *
     * @param count of pictures in the request
     * @throws IllegalArgumentException naming the limit
     */
    public void checkReferenceCount(int count) {
        input.maxReferenceImages().filter(max -> count > max).ifPresent(max -> {
            throw new IllegalArgumentException("must be " + max + " at most" + forThis());
        });
    }

    /**
     * Refuses a reference of a type that the model doesn't read: a picture, a PDF or a video.
     *
     * @param mimeType without parameters
     * @throws IllegalArgumentException naming the types that it reads
     */
    public void checkReferenceType(String mimeType) {
        String type = mimeType.toLowerCase(Locale.ROOT);
        // Who has the wrong picture is not helped by types of videos.
        List<String> allowed = type.startsWith(PICTURE)
                ? input.mimeTypes().stream()
                        .filter(known -> known.startsWith(PICTURE))
                        .toList()
                : input.mimeTypes();
        checkOneOf(type, allowed, Function.identity());
    }

    /**
     * Refuses a thinking level that the model doesn't have, and any when it doesn't think.
     *
     * @param level wanted
     * @throws IllegalArgumentException naming the levels that it has
     */
    public void checkThinkingLevel(ThinkingLevel level) {
        checkOffered(capabilities.thinks());
        checkOneOf(level, capabilities.thinkingLevels(), ThinkingLevel::wireName);
    }

    /**
     * Refuses grounding with web search when the model doesn't have it.
     *
     * @throws IllegalArgumentException saying so
     */
    public void checkWebSearch() {
        checkOffered(capabilities.webSearch());
    }

    /**
     * Refuses grounding with image search when the model doesn't have it.
     *
     * @throws IllegalArgumentException saying so
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
     * @throws IllegalArgumentException saying so
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
     * Estimates what a call costs, see {@link Prices#cost}.
     *
     * @param consumption what was used; without a size, the model's default size is meant
     * @return US dollars, six decimals; empty when the prices are unknown
     */
    public Optional<BigDecimal> estimateCost(Consumption consumption) {
        Consumption sized = consumption.withImages(
                consumption.images(), consumption.size().or(output::defaultSize).orElse(null));
        return prices.flatMap(list -> list.cost(sized));
    }

    /** The same under another of the names that it has at the service. */
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

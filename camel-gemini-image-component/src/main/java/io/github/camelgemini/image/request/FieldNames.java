package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Explains a field of a JSON request that is not a parameter: only the route may set it, it belongs to another service,
 * or it is misspelled.
 */
final class FieldNames {

    /** Fields of other services that have no effect here, with the reason. */
    static final Map<String, String> IGNORED = Map.of(
            "sync_mode", "the option output decides whether images are in the answer",
            "limit_generations", "a call always generates one image");

    /** Fields of other services and of the Gemini API that are not supported, with what to use instead. */
    static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("app", "names an app of another service; set model to a Google model instead"),
            Map.entry(
                    "input",
                    "is the envelope of another service; it must be an object that contains the whole request"),
            Map.entry(
                    "payload",
                    "is the envelope of another service; it must be an object that contains the whole request"),
            Map.entry("wait", "is not supported; the route decides whether the sender waits"),
            Map.entry("key", "is a credential, which only the route can set (option apiKey)"),
            Map.entry("size", "is not supported; use imageSize (512, 1K, 2K, 4K) and aspectRatio (16:9, …)"),
            Map.entry("response_format", "is not supported; use output (image, list, attachments, json)"),
            Map.entry(
                    "negative_prompt",
                    "is not supported by Gemini; describe in the prompt what must not be in the image"),
            Map.entry(
                    "mask",
                    "is not supported by Gemini; send the mask as a second image, and explain it in the prompt"),
            Map.entry("toolConfig", "is not supported; the only supported tool is googleSearch"),
            Map.entry("tool_config", "is not supported; the only supported tool is googleSearch"),
            Map.entry("cachedContent", "is not supported; image models have no cached content"),
            Map.entry("cached_content", "is not supported; image models have no cached content"));

    private static final List<String> KNOWN = Stream.concat(
                    Parameter.ALL.stream().flatMap(parameter -> parameter.fieldNames().stream()),
                    GeminiFields.MEMBERS.stream())
            .toList();

    private static final Set<String> PARAMETERS = Parameter.ALL.stream()
            .map(parameter -> UnknownField.folded(parameter.optionName()))
            .collect(Collectors.toSet());

    /** The option that is the path of the endpoint's URI. */
    private static final String OPERATION = "operation";

    private final Predicate<String> isOption;

    /**
     * @param isOption whether there is such an option, in any case; only a route can set options that are not
     *     parameters
     */
    FieldNames(Predicate<String> isOption) {
        this.isOption = isOption;
    }

    /** Whether a field of another service has no effect here. */
    static boolean isIgnored(String field) {
        return IGNORED.containsKey(field.toLowerCase(Locale.ROOT));
    }

    private static Optional<String> refusal(String field) {
        return REFUSED.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(field))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Refuses a field of the object itself that is not a parameter. */
    InvalidRequestException unknown(String field) {
        // Options such as additionalHeader.X-Team have a prefix.
        String option = UnknownField.folded(field.split("\\.", 2)[0]);
        if (option.equals(OPERATION) || (isOption.test(option) && !PARAMETERS.contains(option))) {
            return new InvalidRequestException("field " + Values.quote(field)
                    + " of the message body is an option that only the route can set, not a message; remove it");
        }
        return refusal(field)
                .map(why -> new InvalidRequestException("field " + Values.quote(field) + " of the message body " + why))
                .orElseGet(() -> UnknownField.refusal(field, KNOWN));
    }
}

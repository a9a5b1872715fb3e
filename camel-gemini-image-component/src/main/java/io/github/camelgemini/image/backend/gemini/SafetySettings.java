package io.github.camelgemini.image.backend.gemini;

import io.github.camelgemini.image.model.HarmCategory;
import io.github.camelgemini.image.model.SafetyThreshold;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The safety thresholds of a request, by category. */
public final class SafetySettings {

    /** The categories that "all categories" means: those by which pictures and prompts are filtered everywhere. */
    private static final List<HarmCategory> ALL_CATEGORIES = List.of(
            HarmCategory.HARASSMENT,
            HarmCategory.HATE_SPEECH,
            HarmCategory.SEXUALLY_EXPLICIT,
            HarmCategory.DANGEROUS_CONTENT);

    private SafetySettings() {}

    /** The threshold for all categories, overridden by thresholds for single categories; empty when none is set. */
    public static Map<HarmCategory, SafetyThreshold> of(ImageRequest request) {
        Map<HarmCategory, SafetyThreshold> settings = new EnumMap<>(HarmCategory.class);
        request.get(Parameter.SAFETY_THRESHOLD)
                .ifPresent(threshold -> ALL_CATEGORIES.forEach(category -> settings.put(category, threshold)));
        request.get(Parameter.SAFETY_SETTINGS).ifPresent(settings::putAll);
        return settings;
    }
}

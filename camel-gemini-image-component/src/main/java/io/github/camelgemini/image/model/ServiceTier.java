package io.github.camelgemini.image.model;

import java.util.Locale;

/** How soon a call is served, at different prices. */
public enum ServiceTier implements WireName {
    /** The normal price. */
    STANDARD,
    /** Half the price. Served when there is capacity: minutes later, or refused with 429 or 503. */
    FLEX,
    /** 75 to 100 percent more expensive, served first. The API may serve a call as standard without an error. */
    PRIORITY;

    private static final Choices<ServiceTier> CHOICES = new Choices<>(values(), ServiceTier::wireName);

    /** {@inheritDoc} In lower case. */
    @Override
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a value.
     *
     * @param text a name in any case
     * @return the value
     * @throws IllegalArgumentException when the text is anything else; the message completes "serviceTier 'x' …"
     */
    public static ServiceTier parse(String text) {
        return CHOICES.parse(text);
    }
}

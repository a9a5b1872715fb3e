package io.github.camelgemini.image.model;

/** A category of harm with a safety threshold of its own. */
public enum HarmCategory implements WireName {
    /** Abuse, threats, bullying. */
    HARASSMENT(false),
    /** Incitement to violence or hatred against groups. */
    HATE_SPEECH(false),
    /** Sexually explicit material. */
    SEXUALLY_EXPLICIT(false),
    /** Promotion of dangerous activities. */
    DANGEROUS_CONTENT(false),
    /** Elections; deprecated by Google, which no longer filters for it. */
    CIVIC_INTEGRITY(false),
    /** Prompts that try to bypass the filters. */
    JAILBREAK(true),
    /** Hate in pictures. */
    IMAGE_HATE(true),
    /** Dangerous content in pictures. */
    IMAGE_DANGEROUS_CONTENT(true),
    /** Harassment in pictures. */
    IMAGE_HARASSMENT(true),
    /** Sexually explicit pictures. */
    IMAGE_SEXUALLY_EXPLICIT(true);

    private static final Choices<HarmCategory> CHOICES = new Choices<>(values(), Enum::name);

    private final boolean vertexOnly;

    HarmCategory(boolean vertexOnly) {
        this.vertexOnly = vertexOnly;
    }

    /**
     * Whether only Vertex AI has this category (google-genai 1.70.0, Javadoc of its {@code HarmCategory}).
     *
     * @return false when the Developer API has it too
     */
    public boolean vertexOnly() {
        return vertexOnly;
    }

    /** {@inheritDoc} For example {@code HARM_CATEGORY_HARASSMENT}. */
    @Override
    public String wireName() {
        return "HARM_CATEGORY_" + name();
    }

    /**
     * Reads a category.
     *
     * @param text the short or the full name, in any case: {@code hateSpeech}, {@code hate-speech},
     *     {@code HARM_CATEGORY_HATE_SPEECH}
     * @return the category
     * @throws IllegalArgumentException when the text is anything else; the message completes "safetySettings.x …"
     */
    public static HarmCategory parse(String text) {
        return CHOICES.parse(text);
    }
}

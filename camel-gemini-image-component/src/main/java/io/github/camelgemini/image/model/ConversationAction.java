package io.github.camelgemini.image.model;

/** What is done with a conversation before the prompt of a message, or without one. */
public enum ConversationAction implements WireName {
    /** Nothing: the prompt is the next turn. */
    CONTINUE("continue"),
    /** The last prompt and its answer are taken back. */
    UNDO("undo"),
    /** All is forgotten. */
    RESET("reset");

    private static final Choices<ConversationAction> CHOICES = new Choices<>(values(), ConversationAction::wireName);

    private final String wireName;

    ConversationAction(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    /**
     * Reads a value.
     *
     * @param text a name in any case
     * @return the value
     * @throws IllegalArgumentException when the text is anything else; the message completes "conversationAction 'x' …"
     */
    public static ConversationAction parse(String text) {
        return CHOICES.parse(text);
    }
}

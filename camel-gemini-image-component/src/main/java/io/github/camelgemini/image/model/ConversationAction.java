package io.github.camelgemini.image.model;

/** What happens to a conversation before the prompt of a message, or without a prompt. */
public enum ConversationAction implements WireName {
    /** Continues it: the prompt is the next turn. */
    CONTINUE("continue"),
    /** Removes the last prompt and its answer. */
    UNDO("undo"),
    /** Deletes it. */
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

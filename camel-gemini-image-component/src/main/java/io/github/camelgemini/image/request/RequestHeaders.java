package io.github.camelgemini.image.request;

/**
 * The names of request headers that are not options. The names of the others follow from {@link Parameter}. {@code
 * GeminiImageHeaders} describes them for users.
 */
public final class RequestHeaders {

    /** The header with the JSON of a conversation. */
    public static final String CONTENTS = "CamelGeminiImageContents";
    /** The header with a {@link io.github.camelgemini.image.model.ConversationAction}. */
    public static final String CONVERSATION_ACTION = "CamelGeminiImageConversationAction";
    /** The header with the id of the request. */
    public static final String REQUEST_ID = "CamelGeminiImageRequestId";

    private RequestHeaders() {}
}

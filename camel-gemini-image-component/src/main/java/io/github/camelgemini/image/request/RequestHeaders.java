package io.github.camelgemini.image.request;

/**
 * Names of headers that a message is asked by, of those that are no option: the names of the others follow from {@link Parameter}.
 * Described in {@code GeminiImageHeaders}, for users.
 */
public final class RequestHeaders {

    public static final String CONTENTS = "CamelGeminiImageContents";
    public static final String CONVERSATION_ACTION = "CamelGeminiImageConversationAction";
    public static final String REQUEST_ID = "CamelGeminiImageRequestId";

    private RequestHeaders() {}
}

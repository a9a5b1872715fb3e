package io.github.camelgemini.image.request;

/**
 * The names of request headers that are not options. The names of the others follow from {@link Parameter}. {@code
 * GeminiImageHeaders} describes them for users.
 */
public final class RequestHeaders {

    public static final String CONTENTS = "CamelGeminiImageContents";
    public static final String CONVERSATION_ACTION = "CamelGeminiImageConversationAction";
    public static final String REQUEST_ID = "CamelGeminiImageRequestId";

    private RequestHeaders() {}
}

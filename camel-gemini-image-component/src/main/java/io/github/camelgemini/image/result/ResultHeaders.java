package io.github.camelgemini.image.result;

/** The names of the headers in results. {@code GeminiImageHeaders} describes them for users. */
public final class ResultHeaders {

    public static final String IMAGE_COUNT = "CamelGeminiImageImageCount";
    public static final String WIDTH = "CamelGeminiImageWidth";
    public static final String HEIGHT = "CamelGeminiImageHeight";
    public static final String EXTENSION = "CamelGeminiImageExtension";
    public static final String TEXT = "CamelGeminiImageText";
    public static final String RESPONSE_MODEL = "CamelGeminiImageResponseModel";
    public static final String RESPONSE_ID = "CamelGeminiImageResponseId";
    public static final String FINISH_REASON = "CamelGeminiImageFinishReason";
    public static final String FINISH_MESSAGE = "CamelGeminiImageFinishMessage";
    public static final String BLOCK_REASON = "CamelGeminiImageBlockReason";
    public static final String PROMPT_TOKENS = "CamelGeminiImagePromptTokens";
    public static final String OUTPUT_TOKENS = "CamelGeminiImageOutputTokens";
    public static final String THOUGHT_TOKENS = "CamelGeminiImageThoughtTokens";
    public static final String TOTAL_TOKENS = "CamelGeminiImageTotalTokens";
    public static final String FROM_REPOSITORY = "CamelGeminiImageFromRepository";
    public static final String ESTIMATED_COST = "CamelGeminiImageEstimatedCost";
    public static final String GROUNDING_SOURCES = "CamelGeminiImageGroundingSources";
    public static final String FAILURE_COUNT = "CamelGeminiImageFailureCount";
    public static final String ATTEMPTS = "CamelGeminiImageAttempts";
    public static final String CONVERSATION_TURNS = "CamelGeminiImageConversationTurns";
    public static final String URI = "CamelGeminiImageUri";

    private ResultHeaders() {}
}

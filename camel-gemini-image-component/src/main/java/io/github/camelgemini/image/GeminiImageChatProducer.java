package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.result.ImageResult;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * {@code gemini-image:chat}: pictures in several turns, each of which knows those before. A conversation is known by its id,
 * or a message brings it along; what a turn does is in {@link ChatTurn}.
 */
public class GeminiImageChatProducer extends LeasingProducer {

    private ConversationRepository repository;

    GeminiImageChatProducer(GeminiImageEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        GeminiImageConfiguration options = getEndpoint().getConfiguration();
        if (options.getConversationMaxTurns() < 1) {
            throw new InvalidRequestException(
                    "option conversationMaxTurns '" + options.getConversationMaxTurns() + "' must be at least 1");
        }
        onePicture(options.getNumImages());
        repository = getEndpoint().getComponent().conversations().repository(options);
        super.doStart();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<ImageRequest> reading = reader().read(exchange).thenApply(GeminiImageChatProducer::checked);
        return process(reading, (request, backend) -> take(request, backend, exchange), exchange, callback);
    }

    private CompletableFuture<ImageResult> take(ImageRequest request, ImageBackend backend, Exchange exchange) {
        ChatTurn turn = new ChatTurn(request, backend, repository, this, exchange);
        return turn.take().thenApply(taken -> turn.write()).whenComplete((written, failure) -> turn.close());
    }

    private static ImageRequest checked(ImageRequest request) {
        try {
            onePicture(request.get(Parameter.NUM_IMAGES).orElse(1));
            if (request.has(Parameter.CONVERSATION_ID) && !request.history().isEmpty()) {
                throw new InvalidRequestException(
                        "the message has both a conversationId and contents; a conversation is"
                                + " either kept here or brought along");
            }
            return request;
        } catch (RuntimeException e) {
            request.close();
            throw e;
        }
    }

    private static void onePicture(int wanted) {
        if (wanted != 1) {
            throw new InvalidRequestException(
                    "numImages '" + wanted + "' must be 1 for chat, since a conversation goes on from one picture");
        }
    }
}

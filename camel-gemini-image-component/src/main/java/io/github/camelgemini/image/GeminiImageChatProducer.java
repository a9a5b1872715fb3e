package io.github.camelgemini.image;

import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
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
        Progress.Call told = progress().begin(exchange);
        CompletableFuture<ImageRequest> reading = reader().read(exchange)
                .thenApply(GeminiImageChatProducer::checked)
                .whenComplete((request, failure) -> {
                    if (failure != null) {
                        told.failed(failure);
                    }
                });
        return process(
                reading, request -> take(request.tellingOf(told.listener()), told, exchange), exchange, callback);
    }

    private CompletableFuture<Void> take(ImageRequest request, Progress.Call told, Exchange exchange) {
        ChatTurn turn = new ChatTurn(request, repository, this);
        return turn.take().thenCompose(taken -> turn.write(exchange)).handle((written, failure) -> {
            try (turn) {
                if (failure == null) {
                    told.done(written);
                } else {
                    told.failed(failure);
                    fail(failure, exchange);
                }
                return null;
            }
        });
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

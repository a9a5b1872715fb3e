package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.RequestHeaders;
import io.github.camelgemini.image.result.ImageResult;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/**
 * {@code gemini-image:chat}: makes pictures in several turns, each with the history of the turns before. A conversation
 * is found by its id, or comes with the message. {@link ChatTurn} runs a turn.
 */
public class ChatProducer extends LeasingProducer {

    private ChatSettings settings;

    public ChatProducer(Endpoint endpoint, ProducerMeans means) {
        super(endpoint, means);
    }

    @Override
    protected void doStart() throws Exception {
        settings = means().chat();
        super.doStart();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<ImageRequest> reading = exchange.getMessage().getHeader(RequestHeaders.REQUEST_ID) == null
                ? reader().read(exchange).thenApply(ChatProducer::checked)
                : CompletableFuture.failedFuture(
                        new InvalidRequestException(
                                "header " + RequestHeaders.REQUEST_ID
                                        + " is only for gemini-image:generate and gemini-image:edit; gemini-image:chat stores no results"));
        return process(reading, (request, backend) -> take(request, backend, exchange), exchange, callback);
    }

    private CompletableFuture<ImageResult> take(ImageRequest request, ImageBackend backend, Exchange exchange) {
        ChatTurn turn = new ChatTurn(request, backend, settings, this, exchange);
        return turn.take().thenApply(taken -> turn.write()).whenComplete((written, failure) -> turn.close());
    }

    private static ImageRequest checked(ImageRequest request) {
        try {
            ChatSettings.onePicture(request.get(Parameter.NUM_IMAGES).orElse(1));
            if (request.has(Parameter.CONVERSATION_ID) && !request.history().isEmpty()) {
                throw new InvalidRequestException(
                        "the message has both a conversationId and contents; a conversation is"
                                + " either stored under an id or part of the message. Remove one of them");
            }
            return request;
        } catch (RuntimeException e) {
            request.close();
            throw e;
        }
    }
}

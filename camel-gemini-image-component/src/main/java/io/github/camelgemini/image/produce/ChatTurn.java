package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.conversation.TurnOrder;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.model.ConversationAction;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.request.Contents;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ReferenceImage;
import io.github.camelgemini.image.request.Turn;
import io.github.camelgemini.image.result.Delivery;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;

/**
 * One message of a conversation: loads the history, gets the answer, and saves both. The conversation is saved last, so
 * a turn that fails leaves it unchanged.
 */
final class ChatTurn implements AutoCloseable {

    private final ImageRequest request;
    private final ImageBackend backend;
    private final Optional<String> id;
    private final ChatSettings settings;
    private final LeasingProducer producer;
    private final Exchange exchange;
    private final long since = System.nanoTime();

    private Contents loaded = Contents.NONE;
    private List<Turn> turns;
    private ImageResult result;
    private Payload contents;
    private Delivery delivery;

    ChatTurn(
            ImageRequest request,
            ImageBackend backend,
            ChatSettings settings,
            LeasingProducer producer,
            Exchange exchange) {
        this.request = request;
        this.backend = backend;
        this.id = request.get(Parameter.CONVERSATION_ID);
        this.settings = settings;
        this.producer = producer;
        this.exchange = exchange;
        this.turns = request.history();
    }

    private record Key(ConversationRepository repository, String id) {}

    /** Step 1: wait for earlier messages of the same conversation. */
    CompletableFuture<Void> take() {
        if (id.isPresent()) {
            TurnOrder.Patience patience =
                    new TurnOrder.Patience(settings.maxQueued(), settings.patience(), producer.goingOn());
            return settings.order()
                    .queue(
                            new Key(settings.repository(), id.get()),
                            () -> {
                                if (!producer.isRunAllowed()) {
                                    throw stopped();
                                }
                                load();
                                return answer();
                            },
                            patience)
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(waitedInVain(failure)));
        }
        try {
            return answer();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Throwable waitedInVain(Throwable failure) {
        ProviderError nobody = ProviderError.ofModel(request.model());
        if (failure instanceof TimeoutException) {
            return new RequestTimeoutException(
                    "This message waited for earlier messages of " + name() + " longer than requestTimeout="
                            + settings.patience().toMillis() + " ms",
                    nobody,
                    failure);
        }
        if (failure instanceof RejectedExecutionException) {
            return producer.isRunAllowed()
                    ? new RateLimitException(
                            "maxQueued=" + settings.maxQueued()
                                    + " messages of conversations are already waiting. This message was for "
                                    + name(),
                            Duration.ZERO,
                            nobody)
                    : stopped();
        }
        return failure;
    }

    /** Step 2: load the history. */
    private void load() {
        if (action() == ConversationAction.RESET) {
            return;
        }
        try {
            Optional<InputStream> json = settings.repository().load(id.get());
            if (json.isPresent()) {
                try (InputStream in = json.get()) {
                    loaded = producer.reader().kept(in, name());
                }
            }
        } catch (IOException e) {
            throw failure("cannot be loaded", e);
        }
        turns = loaded.turns();
    }

    /** Step 3: undo or reset, and send the prompt if there is one. */
    private CompletableFuture<Void> answer() {
        act();
        if (request.onlyActsOnConversation()) {
            showLast();
            return deliver();
        }
        int most = settings.maxTurns();
        if (answers() >= most) {
            throw new InvalidRequestException(name() + " has " + answers() + " answers, the maximum of the option"
                    + " conversationMaxTurns. Reset it, undo a turn, or start another conversation");
        }
        ImageRequest complete = producer.reader().continued(request, turns).askedAt(since);
        List<Turn> asked = new ArrayList<>(turns);
        asked.add(request.turn());
        Contents.requireRoom(asked, name());
        backend.check(complete);
        return backend.generate(complete).thenCompose(answer -> {
            result = producer.conversion().apply(answer, request.encoding());
            List<Turn> all = new ArrayList<>(turns);
            if (!complete.isCompleteByHistory()) {
                all.add(request.turn());
            }
            all.add(result.turn() == null ? saidBy(result) : result.turn());
            turns = all;
            return deliver();
        });
    }

    private void act() {
        if (action() == ConversationAction.RESET) {
            turns = List.of();
        } else if (action() == ConversationAction.UNDO) {
            if (answers() == 0) {
                throw new InvalidRequestException(name() + " has no answer to undo");
            }
            List<Turn> left = new ArrayList<>(turns);
            removeLast(left, Turn.Role.USER);
            removeLast(left, Turn.Role.MODEL);
            removeLast(left, Turn.Role.USER);
            turns = left;
        }
    }

    private static void removeLast(List<Turn> turns, Turn.Role role) {
        while (!turns.isEmpty() && turns.get(turns.size() - 1).role() == role) {
            turns.remove(turns.size() - 1);
        }
    }

    /** After an undo, the message gets the picture of the turn before, if there was one. */
    private void showLast() {
        List<GeneratedImage> images = new ArrayList<>();
        if (!turns.isEmpty()) {
            for (Turn.Part part : turns.get(turns.size() - 1).parts()) {
                if (part instanceof Turn.Picture picture
                        && picture.image() instanceof ReferenceImage.Inline here
                        && here.source() instanceof Payload bytes) {
                    images.add(new GeneratedImage(bytes, here.info()));
                }
            }
        }
        if (!images.isEmpty()) {
            result = new ImageResult(
                    images, null, List.of(), request.model(), null, null, null, Usage.NONE, null, null, 0);
        }
    }

    /** Step 4: prepare the result, which may store pictures and so may fail; then save the conversation. */
    private CompletableFuture<Void> deliver() {
        try {
            contents = Contents.write(turns, producer.lease().store());
        } catch (IOException | RuntimeException e) {
            throw failure("cannot be stored", e);
        }
        if (result == null) {
            keep();
            return CompletableFuture.completedFuture(null);
        }
        // A conversation without an id is not stored, so the message gets it whole.
        return producer.delivery(result, request, id.isPresent() ? null : contents, exchange)
                .thenAccept(made -> {
                    delivery = made;
                    result = null;
                    keep();
                });
    }

    private void keep() {
        try {
            if (id.isPresent() && turns.isEmpty()) {
                settings.repository().remove(id.get());
            } else if (id.isPresent()) {
                settings.repository().save(id.get(), contents);
            }
        } catch (IOException | RuntimeException e) {
            throw failure("cannot be stored", e);
        }
    }

    /** Step 5: write the result into the exchange. Gives the result; null when there is none. */
    ImageResult write() {
        Delivery made = delivery;
        delivery = null;
        if (made == null) {
            ResultWriter.writeNothing(exchange);
        } else {
            made.write(exchange);
        }
        ResultWriter.writeConversation(contents, answers(), exchange);
        return made == null ? null : made.result();
    }

    /** Discards everything that the exchange did not get. */
    @Override
    public void close() {
        request.close();
        loaded.discard();
        if (delivery != null) {
            delivery.discard();
        }
        if (result != null) {
            result.discard();
        }
        if (contents != null) {
            contents.discard();
        }
    }

    /** For a service that does not give its turn. It needs nothing back except text and pictures. */
    private static Turn saidBy(ImageResult result) {
        List<Turn.Part> parts = new ArrayList<>();
        if (result.text() != null) {
            parts.add(new Turn.Text(result.text()));
        }
        result.images().forEach(image -> parts.add(new Turn.Picture(new ReferenceImage.Inline(image, image.info()))));
        return new Turn(Turn.Role.MODEL, parts);
    }

    private int answers() {
        return (int)
                turns.stream().filter(turn -> turn.role() == Turn.Role.MODEL).count();
    }

    private ConversationAction action() {
        return request.get(Parameter.CONVERSATION_ACTION).orElse(ConversationAction.CONTINUE);
    }

    private String name() {
        return id.map(text -> "conversation '" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'")
                .orElse("the conversation");
    }

    private ServiceUnavailableException stopped() {
        return new ServiceUnavailableException(
                "The component was stopped while this message waited for earlier messages of " + name(),
                Duration.ZERO,
                ProviderError.ofModel(request.model()),
                null);
    }

    private GeminiImageException failure(String what, Exception e) {
        String told =
                name() + " " + what + " by " + settings.repository().getClass().getSimpleName() + ": " + e.getMessage();
        ProviderError provider = ProviderError.ofModel(request.model());
        return LocalStorageException.or(
                e,
                () -> e instanceof FileSystemException
                        ? new LocalStorageException(told, provider, e)
                        : new GeminiImageException(told, provider, e));
    }
}

package io.github.camelgemini.emulator.api;

import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.wire.Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Fetches reference pictures by URL, from this machine only. A request must not make the emulator call other servers;
 * their URLs are not fetched.
 */
public final class ReferenceFetch {

    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MOST_BYTES = 64L << 20;

    private final Function<String, Optional<CompletableFuture<Body>>> atHand;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /**
     * Creates a fetcher for one service.
     *
     * @param atHand gives the bytes at a path of the service itself; empty when they have to be fetched
     */
    public ReferenceFetch(Function<String, Optional<CompletableFuture<Body>>> atHand) {
        this.atHand = atHand;
    }

    /**
     * Fetches a picture; empty when it is on another machine.
     *
     * @param own URL of the service itself, whose pictures need no request
     * @return fails when there is none, or when it is too large
     */
    public CompletableFuture<Optional<ReferencePicture>> fetch(String address, String own) {
        URI uri = URI.create(address);
        if (uri.getHost() == null || !THIS_MACHINE.matcher(uri.getHost()).matches()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Optional<CompletableFuture<Body>> bytes =
                address.startsWith(own) ? atHand.apply(uri.getPath().substring(path(own))) : Optional.empty();
        if (bytes.isPresent()) {
            return bytes.get().thenApply(body -> Optional.of(read(body)));
        }
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        ReferencePicture.Receiver receiver = new ReferencePicture.Receiver();
        return client.sendAsync(
                        request,
                        HttpResponse.BodyHandlers.ofByteArrayConsumer(
                                piece -> piece.ifPresent(some -> write(receiver, some))))
                .thenApply(response -> Optional.of(received(receiver, response)))
                .whenComplete((picture, failure) -> {
                    if (failure != null) {
                        discard(receiver);
                    }
                });
    }

    private static int path(String own) {
        return URI.create(own).getPath().length();
    }

    private static ReferencePicture read(Body body) {
        ReferencePicture.Receiver receiver = new ReferencePicture.Receiver();
        try {
            for (ByteBuffer bytes = body.next(); bytes != null; bytes = body.next()) {
                receiver.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            }
            return receiver.received();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(ReferencePicture.Receiver receiver, byte[] bytes) {
        try {
            receiver.write(bytes, 0, bytes.length);
            if (receiver.length() > MOST_BYTES) {
                throw new IOException("More than " + MOST_BYTES + " bytes");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReferencePicture received(ReferencePicture.Receiver receiver, HttpResponse<?> response) {
        try {
            if (response.statusCode() != 200) {
                throw new IOException("HTTP status " + response.statusCode());
            }
            return receiver.received(
                    response.headers().firstValue("Content-Type").orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void discard(ReferencePicture.Receiver receiver) {
        try {
            receiver.discard();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

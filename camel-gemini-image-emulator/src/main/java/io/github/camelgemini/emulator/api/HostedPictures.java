package io.github.camelgemini.emulator.api;

import io.github.camelgemini.emulator.wire.Body;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The latest pictures that answers referred to by URL. They are fetched from {@code /pictures/} of the service that
 * made them.
 */
public final class HostedPictures {

    private static final int USUAL_MOST = 100;

    private static final Pattern PATH = Pattern.compile("/pictures/([^/]+)");

    private final int most;
    private final Map<String, Hosted> pictures = new LinkedHashMap<>();

    private record Hosted(String mimeType, Supplier<CompletableFuture<Body>> bytes, BooleanSupplier expired) {}

    /** Keeps the latest 100. */
    public HostedPictures() {
        this(USUAL_MOST);
    }

    /** Keeps this many of the latest. */
    public HostedPictures(int most) {
        this.most = most;
    }

    /** Whether a request is for a picture. */
    public static boolean isFor(String method, String path) {
        return method.equalsIgnoreCase("GET") && PATH.matcher(path).matches();
    }

    /** Stores a picture, and gives its path below that of the service. */
    public String keep(String mimeType, Supplier<Body> bytes) {
        return keepUndrawn(mimeType, () -> CompletableFuture.completedFuture(bytes.get()), () -> false);
    }

    /**
     * Stores a picture that is made when it is fetched, and gives its path below that of the service.
     *
     * @param expired checked at each request: whether the picture is gone
     */
    public synchronized String keepUndrawn(
            String mimeType, Supplier<CompletableFuture<Body>> bytes, BooleanSupplier expired) {
        String name = UUID.randomUUID() + (mimeType.equals("image/png") ? ".png" : ".jpg");
        pictures.put(name, new Hosted(mimeType, bytes, expired));
        if (pictures.size() > most) {
            pictures.remove(pictures.keySet().iterator().next());
        }
        return "/pictures/" + name;
    }

    /** Removes the picture at this path; false when there is none. */
    public synchronized boolean forget(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() && pictures.remove(matcher.group(1)) != null;
    }

    /** Removes all pictures. */
    public synchronized void clear() {
        pictures.clear();
    }

    /** The picture at this path. No key is needed. */
    public CompletableFuture<Reply> get(String path) {
        return find(path)
                .map(hosted -> hosted.bytes().get().thenApply(bytes -> new Reply(200, hosted.mimeType(), bytes)))
                .orElseGet(() -> CompletableFuture.completedFuture(Reply.notFoundPage(path)));
    }

    /** The bytes at this path; empty when there are none. */
    public Optional<CompletableFuture<Body>> bytes(String path) {
        return find(path).map(hosted -> hosted.bytes().get());
    }

    private synchronized Optional<Hosted> find(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches()
                ? Optional.ofNullable(pictures.get(matcher.group(1)))
                        .filter(hosted -> !hosted.expired().getAsBoolean())
                : Optional.empty();
    }
}

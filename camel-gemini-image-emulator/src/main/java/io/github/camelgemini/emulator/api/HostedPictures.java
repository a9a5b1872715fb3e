package io.github.camelgemini.emulator.api;

import io.github.camelgemini.emulator.wire.Body;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The latest pictures that an answer had as an address instead of bytes, to be fetched from {@code /pictures/} of the
 * service that made them.
 */
public final class HostedPictures {

    private static final int MOST = 100;

    private static final Pattern PATH = Pattern.compile("/pictures/([^/]+)");

    private final Map<String, Hosted> pictures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Hosted> eldest) {
            return size() > MOST;
        }
    };

    private record Hosted(String mimeType, Supplier<Body> bytes) {}

    /** Whether a request fetches a picture. */
    public static boolean isFor(String method, String path) {
        return method.equalsIgnoreCase("GET") && PATH.matcher(path).matches();
    }

    /** Takes a picture and gives its path below that of the service. */
    public synchronized String keep(String mimeType, Supplier<Body> bytes) {
        String name = UUID.randomUUID() + (mimeType.equals("image/png") ? ".png" : ".jpg");
        pictures.put(name, new Hosted(mimeType, bytes));
        return "/pictures/" + name;
    }

    /** The bytes at this path; its address is all the permission that is needed. */
    public Reply get(String path) {
        return find(path)
                .map(hosted -> new Reply(200, hosted.mimeType(), hosted.bytes().get()))
                .orElseGet(() -> Reply.notFoundPage(path));
    }

    /** The bytes at this path; nothing when there are none. */
    public Optional<Body> bytes(String path) {
        return find(path).map(hosted -> hosted.bytes().get());
    }

    private synchronized Optional<Hosted> find(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? Optional.ofNullable(pictures.get(matcher.group(1))) : Optional.empty();
    }
}

package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.wire.Body;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The latest pictures that an answer had as an address instead of bytes, to be fetched from {@code /pictures/}. */
final class HostedPictures {

    private static final int MOST = 100;

    private final Map<String, Hosted> pictures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Hosted> eldest) {
            return size() > MOST;
        }
    };

    private record Hosted(String mimeType, Supplier<Body> bytes) {}

    /** Takes a picture and gives its path. */
    synchronized String keep(String mimeType, Supplier<Body> bytes) {
        String name = UUID.randomUUID() + (mimeType.equals("image/png") ? ".png" : ".jpg");
        pictures.put(name, new Hosted(mimeType, bytes));
        return "/pictures/" + name;
    }

    synchronized Reply get(String name, String path) {
        Hosted hosted = pictures.get(name);
        return hosted == null
                ? Reply.notFoundPage(path)
                : new Reply(200, hosted.mimeType(), hosted.bytes().get());
    }
}

package io.github.camelgemini.examples.studio;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends the progress of pictures to browsers, as server-sent events. Each event contains the whole {@link Picture}, so
 * a browser that connects late or again misses nothing.
 *
 * <p>Uses Spring MVC. Camel's platform-http needs a thread for every open response, so a few viewers would stop the
 * API. An {@link SseEmitter} needs none.
 */
@RestController
class ProgressStreams {

    private static final int MAX_WATCHERS = 10;

    private final Pictures pictures;
    private final Map<String, Set<SseEmitter>> watchers = new ConcurrentHashMap<>();
    /** A slow browser blocks one of these threads, and no call. */
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    ProgressStreams(Pictures pictures) {
        this.pictures = pictures;
    }

    // tag::watch[]
    @GetMapping(path = "/api/pictures/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter watch(@PathVariable("id") String id) {
        pictures.get(id);
        SseEmitter browser = new SseEmitter(Duration.ofMinutes(10).toMillis());
        register(id, browser);
        tell(id, browser);
        return browser;
    }

    @EventListener
    void changed(Pictures.Changed event) {
        for (SseEmitter browser : watchers.getOrDefault(event.id(), Set.of())) {
            threads.execute(() -> tell(event.id(), browser));
        }
    }
    // end::watch[]

    private void register(String id, SseEmitter browser) {
        Set<SseEmitter> all = watchers.compute(id, (key, present) -> {
            Set<SseEmitter> set = present == null ? ConcurrentHashMap.newKeySet() : present;
            if (set.size() < MAX_WATCHERS) {
                set.add(browser);
            }
            return set;
        });
        if (!all.contains(browser)) {
            throw new RefusedException(
                    HttpStatus.TOO_MANY_REQUESTS, "Too many clients watch this picture. Request it without events.");
        }
        browser.onCompletion(() -> unregister(id, browser));
        browser.onTimeout(browser::complete);
    }

    private void unregister(String id, SseEmitter browser) {
        watchers.computeIfPresent(id, (key, set) -> {
            set.remove(browser);
            return set.isEmpty() ? null : set;
        });
    }

    /** The state is read under the lock, so that a browser never gets an older one after a newer one. */
    private void tell(String id, SseEmitter browser) {
        synchronized (browser) {
            try {
                Picture picture = pictures.get(id);
                browser.send(SseEmitter.event().name("progress").data(picture, MediaType.APPLICATION_JSON));
                if (picture.isFinished()) {
                    browser.complete();
                }
            } catch (IOException | IllegalStateException e) {
                // The browser has disconnected, or already knows that the picture is finished.
                unregister(id, browser);
            } catch (RefusedException e) {
                browser.complete();
            }
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
        watchers.values().forEach(set -> set.forEach(ProgressStreams::end));
    }

    private static void end(SseEmitter browser) {
        try {
            browser.complete();
        } catch (IllegalStateException e) {
            // The server has already ended it.
        }
    }
}

package io.github.camelgemini.image.produce;

import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.request.ProgressListener;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.secret.OutsideText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends progress events to the endpoint {@code progressUri}, on threads of its own and in order for each exchange. A
 * call never waits for this and never fails because of it. When the endpoint is slower than the calls, newer events
 * about bytes and percent replace older ones, and excess events about text and thoughts are dropped.
 */
final class Progress implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private static final int THREADS = 4;
    /** The most events of one exchange that wait. Its begin and its end are sent in any case. */
    private static final int WAITING = 64;
    /**
     * The most events of all exchanges that wait, without begins and ends, so that an endpoint that hangs cannot fill
     * the heap.
     */
    private static final int WAITING_AT_ALL = 20_000;
    /** Bytes of pictures between two events. */
    private static final long STEP = 128 * 1024;

    private final Endpoint endpoint;
    private final CamelContext context;
    private final ProducerTemplate template;
    private final ExecutorService threads;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param uri of the endpoint; null for none
     */
    Progress(CamelContext context, String uri) {
        this.context = context;
        if (uri == null) {
            endpoint = null;
            template = null;
            threads = null;
            return;
        }
        endpoint = context.getEndpoint(uri);
        template = context.createProducerTemplate();
        ThreadPoolProfile profile = new ThreadPoolProfile("GeminiImageProgress");
        profile.setPoolSize(THREADS);
        profile.setMaxPoolSize(THREADS);
        // Camel's defaults are a short queue, and that the caller runs what does not fit. Callers must never do that
        // here. There is at most one task for each exchange.
        profile.setMaxQueueSize(Integer.MAX_VALUE);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        threads = context.getExecutorServiceManager().newThreadPool(this, "GeminiImageProgress", profile);
    }

    /** Begins to report an exchange. */
    Call begin(Exchange exchange) {
        Call call = new Call(exchange);
        call.tell("started", Map.of());
        return call;
    }

    /** The events of one exchange. */
    final class Call implements ProgressListener {

        private final String exchangeId;
        private final Map<String, Object> headers = new LinkedHashMap<>();
        private final Deque<Map<String, Object>> events = new ArrayDeque<>();
        private boolean telling;
        private long bytesTold;
        private int percentTold = -1;

        private Call(Exchange exchange) {
            exchangeId = exchange.getExchangeId();
            // The user's headers, which say whom the picture is for. Camel's headers would affect the endpoint.
            if (endpoint != null) {
                exchange.getMessage().getHeaders().forEach((name, value) -> {
                    if (!name.regionMatches(true, 0, "Camel", 0, 5)) {
                        headers.put(name, value);
                    }
                });
            }
        }

        /** The listener for the request; does nothing if there is no endpoint. */
        ProgressListener listener() {
            return endpoint == null ? ProgressListener.NONE : this;
        }

        @Override
        public void thought(String text) {
            tell("thought", Map.of("text", text));
        }

        @Override
        public void text(String text) {
            tell("text", Map.of("text", text));
        }

        @Override
        public void percent(int percent) {
            synchronized (events) {
                if (percent == percentTold) {
                    return;
                }
                percentTold = percent;
            }
            tell("progress", Map.of("percent", percent));
        }

        @Override
        public void receiving(long bytes) {
            synchronized (events) {
                // Fewer than before means another attempt.
                boolean step = bytes >= bytesTold + STEP || bytes < bytesTold;
                if (!step) {
                    return;
                }
                bytesTold = bytes;
            }
            tell("receiving", Map.of("bytes", bytes));
        }

        @Override
        public void received(ImageInfo picture, long bytes) {
            tell(
                    "received",
                    Map.of(
                            "bytes", bytes,
                            "mimeType", picture.mimeType(),
                            "width", picture.width(),
                            "height", picture.height()));
        }

        /**
         * @param result may be null, when a conversation was reset
         */
        void done(ImageResult result) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put(
                    "imageCount",
                    result == null
                            ? 0
                            : result.images().size() + result.remoteImages().size());
            if (result != null) {
                facts.put("model", result.model());
                facts.put("attempts", result.attempts());
                facts.put("totalTokens", result.usage().totalTokens());
                if (result.estimatedCost() != null) {
                    facts.put("estimatedCost", result.estimatedCost().doubleValue());
                }
            }
            tell("done", facts);
        }

        void failed(Throwable failure) {
            Throwable cause = Steps.cause(failure);
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("error", cause.getClass().getSimpleName());
            facts.put("message", OutsideText.of(cause.getMessage()));
            tell("failed", facts);
        }

        private void tell(String event, Map<String, Object> facts) {
            if (endpoint == null) {
                return;
            }
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("event", event);
            told.put("exchangeId", exchangeId);
            told.putAll(facts);
            synchronized (events) {
                if (!add(event, told) || telling) {
                    return;
                }
                telling = true;
            }
            try {
                threads.execute(this::tellAll);
            } catch (RejectedExecutionException e) {
                LOG.debug("Stopped, so {} does not receive that exchange {} is {}", endpoint, exchangeId, event);
            }
        }

        private boolean add(String event, Map<String, Object> told) {
            boolean replaced = event.equals("receiving") || event.equals("progress");
            if (replaced && !events.isEmpty() && events.peekLast().get("event").equals(event)) {
                events.removeLast();
                waiting.decrementAndGet();
            }
            boolean end = event.equals("started") || event.equals("done") || event.equals("failed");
            if (!end && events.size() >= WAITING) {
                return false;
            }
            if (waiting.incrementAndGet() > WAITING_AT_ALL && !end) {
                waiting.decrementAndGet();
                LOG.warn(
                        "{} is too slow for progress messages: {} are waiting. It does not receive that exchange {} is {}",
                        endpoint,
                        WAITING_AT_ALL,
                        exchangeId,
                        event);
                return false;
            }
            events.addLast(told);
            return true;
        }

        private void tellAll() {
            while (true) {
                Map<String, Object> next;
                synchronized (events) {
                    next = events.pollFirst();
                    if (next == null) {
                        telling = false;
                        return;
                    }
                }
                waiting.decrementAndGet();
                send(next);
            }
        }

        private void send(Map<String, Object> event) {
            try {
                Exchange sent = template.send(endpoint, ExchangePattern.InOnly, exchange -> {
                    exchange.getMessage().setHeaders(new LinkedHashMap<>(headers));
                    exchange.getMessage().setHeader(ProgressHeaders.PROGRESS, event.get("event"));
                    exchange.getMessage().setHeader(ProgressHeaders.PROGRESS_EXCHANGE_ID, exchangeId);
                    if (event.containsKey("bytes")) {
                        exchange.getMessage().setHeader(ProgressHeaders.PROGRESS_BYTES, event.get("bytes"));
                    }
                    if (event.containsKey("percent")) {
                        exchange.getMessage().setHeader(ProgressHeaders.PROGRESS_PERCENT, event.get("percent"));
                    }
                    exchange.getMessage().setBody(event);
                });
                if (sent.getException() != null) {
                    LOG.warn(
                            "{} failed to process a progress message of exchange {}: {}",
                            endpoint,
                            exchangeId,
                            OutsideText.of(sent.getException().toString()));
                }
            } catch (RuntimeException e) {
                LOG.warn(
                        "{} failed to process a progress message of exchange {}: {}",
                        endpoint,
                        exchangeId,
                        OutsideText.of(e.toString()));
            }
        }
    }

    /** Waiting events are still sent for a few seconds. */
    @Override
    public void close() {
        if (threads != null) {
            context.getExecutorServiceManager().shutdownGraceful(threads, 5_000);
            template.stop();
        }
    }
}

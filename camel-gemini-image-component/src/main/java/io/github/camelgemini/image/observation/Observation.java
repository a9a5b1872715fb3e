package io.github.camelgemini.image.observation;

import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.NoPictureError;
import io.github.camelgemini.image.model.Usage;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.ReferenceImage;
import io.github.camelgemini.image.resilience.CallObserver;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.secret.OutsideText;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observes one exchange. {@link #done} must be called before the route continues. */
public final class Observation implements CallObserver {

    private static final Logger LOG = LoggerFactory.getLogger(Observation.class);

    private final Caller caller;
    private final List<CallListener> listeners;
    private final boolean failOnBlocked;

    Observation(Caller caller, List<CallListener> listeners, boolean failOnBlocked) {
        this.caller = caller;
        this.listeners = listeners;
        this.failOnBlocked = failOnBlocked;
    }

    @Override
    public CallObserver.Operation begin(String name, String model, ImageRequest request) {
        tell(listener -> listener.began(caller, name, model, request));
        return new Operation(name, model, request);
    }

    /**
     * Ends the observation.
     *
     * @param failure of the exchange, or null
     */
    public void done(Throwable failure) {
        tell(listener -> listener.done(caller, failure));
    }

    /** A listener that fails must not lose a picture. */
    private void tell(Consumer<CallListener> event) {
        for (CallListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn(
                        "{} failed and did not observe a call: {}",
                        listener.getClass().getSimpleName(),
                        OutsideText.of(e.toString()));
            }
        }
    }

    /** One operation. Its events come from one thread after another. */
    private final class Operation implements CallObserver.Operation {

        private final String name;
        private final long sent;
        private final long began = System.nanoTime();
        private String model;
        private Duration queued = Duration.ZERO;
        private int calls;
        private int throttled;
        private Usage usage = Usage.NONE;
        private BigDecimal cost;

        Operation(String name, String model, ImageRequest request) {
            this.name = name;
            this.model = model;
            this.sent = request == null ? 0 : bytesOfReferences(request);
        }

        @Override
        public synchronized void called(String asked, Duration waited) {
            model = asked;
            queued = queued.plus(waited);
            calls++;
        }

        @Override
        public synchronized void tryingAgain(Throwable failure, String next, Duration pause) {
            add(failure);
            CallListener.Retry retry = new CallListener.Retry(model, next, failure, calls, pause);
            tell(listener -> listener.tryingAgain(caller, retry));
        }

        @Override
        public synchronized void ended(Object answer, Throwable failure) {
            add(failure);
            ImageResult result = answer instanceof ImageResult images ? images : null;
            if (result != null) {
                usage = usage.plus(result.usage());
                add(result.estimatedCost());
            }
            GeminiImageException blocked = failure instanceof NoPictureError ? (GeminiImageException) failure : null;
            CallReport report = new CallReport(
                    name,
                    model,
                    result,
                    blocked != null && !failOnBlocked ? null : failure,
                    blocked,
                    Duration.ofNanos(System.nanoTime() - began),
                    queued,
                    calls,
                    throttled,
                    usage,
                    cost,
                    sent * calls);
            tell(listener -> listener.ended(caller, report));
        }

        private void add(Throwable failure) {
            if (CallReport.httpStatus(failure) == 429) {
                throttled++;
            }
            if (failure instanceof GeminiImageException known) {
                usage = usage.plus(known.getUsage());
                add(known.getEstimatedCost());
            }
        }

        private void add(BigDecimal more) {
            if (more != null) {
                cost = cost == null ? more : cost.add(more);
            }
        }
    }

    private static long bytesOfReferences(ImageRequest request) {
        return request.allImages()
                .filter(ReferenceImage.Inline.class::isInstance)
                .mapToLong(image -> length(((ReferenceImage.Inline) image).source()))
                .sum();
    }

    private static long length(PayloadSource picture) {
        try {
            return picture.length();
        } catch (IOException e) {
            // The call will fail with this and report it.
            return 0;
        }
    }
}

package io.github.camelgemini.image.resilience;

import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.secret.OutsideText;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Catches the exceptions of an observer. Otherwise a call that it interrupts would never end. */
final class GuardedObserver implements CallObserver {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedObserver.class);

    private final CallObserver observer;

    GuardedObserver(CallObserver observer) {
        this.observer = observer;
    }

    @Override
    public Operation begin(String name, String model, ImageRequest request) {
        try {
            return new Guarded(observer.begin(name, model, request));
        } catch (Throwable e) {
            failed(e);
            return NONE.begin(name, model, request);
        }
    }

    private record Guarded(Operation operation) implements Operation {

        @Override
        public void called(String model, Duration queued) {
            tell(told -> told.called(model, queued));
        }

        @Override
        public void tryingAgain(Throwable failure, String next, Duration pause) {
            tell(told -> told.tryingAgain(failure, next, pause));
        }

        @Override
        public void ended(Object answer, Throwable failure) {
            tell(told -> told.ended(answer, failure));
        }

        private void tell(Consumer<Operation> event) {
            try {
                event.accept(operation);
            } catch (Throwable e) {
                failed(e);
            }
        }
    }

    private static void failed(Throwable failure) {
        LOG.warn("Observing a call failed: {}", OutsideText.of(failure.toString()));
    }
}

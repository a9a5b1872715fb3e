package io.github.camelgemini.examples.batch;

import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageHeaders;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.BudgetExceededException;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ModelNotFoundException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

/**
 * Sends products through the route, with as many calls in flight as the component allows, until all are done or it is
 * stopped.
 */
final class Batch {

    private final CamelContext camel;
    private final Path photographs;
    private final PaidCalls paid;
    private final Progress progress;
    private final List<Failure> failures = new ArrayList<>();
    private volatile String stopped;

    Batch(CamelContext camel, Path photographs, PaidCalls paid, Progress progress) {
        this.camel = camel;
        this.photographs = photographs;
        this.paid = paid;
        this.progress = progress;
    }

    /** Returns when the last picture is written. */
    void run(List<Product> products) throws InterruptedException {
        int atATime = camel.getComponent("gemini-image", GeminiImageComponent.class)
                .getConfiguration()
                .getMaxConcurrentRequests();
        Semaphore open = new Semaphore(atATime);
        ProducerTemplate template = camel.createProducerTemplate();
        for (Product product : products) {
            open.acquire();
            if (stopped != null) {
                open.release();
                break;
            }
            Path photograph = photographs.resolve(product.photograph());
            if (!Files.isRegularFile(photograph)) {
                fail(new Failure(product.line(), product.sku(), "there is no photograph " + photograph));
                open.release();
                continue;
            }
            template.asyncSend("direct:photograph", exchange(product, photograph.toFile()))
                    .whenComplete((exchange, failure) -> {
                        done(product, failure != null ? failure : exchange.getException());
                        open.release();
                    });
        }
        open.acquire(atATime);
    }

    /** Begins no further picture; pictures in progress are billed, so they are completed. */
    synchronized void stop(String reason) {
        if (stopped == null) {
            stopped = reason;
        }
    }

    /** Why it ended before all products were done; empty if it did not. */
    Optional<String> stopped() {
        return Optional.ofNullable(stopped);
    }

    List<Failure> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    private Exchange exchange(Product product, File photograph) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(photograph);
        exchange.getMessage().setHeader(GeminiImageHeaders.PROMPT, product.prompt());
        exchange.getMessage().setHeader(CatalogueRoute.SKU, product.sku());
        return exchange;
    }

    private void done(Product product, Throwable failure) {
        if (failure == null) {
            progress.picture(paid.ofThisRun());
            return;
        }
        if (failure instanceof GeminiImageException answer && answer.getEstimatedCost() != null) {
            paid.add(product.sku(), answer.getEstimatedCost());
        }
        if (concernsAll(failure)) {
            // Reported once at the end; the other pictures in flight will fail the same way.
            stop(Failure.reason(failure));
            note(Failure.of(product, failure));
        } else {
            fail(Failure.of(product, failure));
        }
    }

    /**
     * Whether the next product would fail the same way: because of the key, quota, budget or network, or because of a
     * full disk, with which no further picture should be billed.
     */
    private static boolean concernsAll(Throwable failure) {
        return failure instanceof AuthenticationException
                || failure instanceof QuotaExhaustedException
                || failure instanceof BudgetExceededException
                || failure instanceof ModelNotFoundException
                || (failure instanceof ServiceUnavailableException unavailable && unavailable.getHttpStatus() == 0)
                || !(failure instanceof GeminiImageException);
    }

    private void fail(Failure failure) {
        note(failure);
        progress.failure(failure);
    }

    private void note(Failure failure) {
        synchronized (failures) {
            failures.add(failure);
        }
    }
}

package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.backend.Steps;
import io.github.camelgemini.image.batch.BatchDelivery;
import io.github.camelgemini.image.batch.BatchResult;
import io.github.camelgemini.image.connection.Lease;
import io.github.camelgemini.image.observation.Observation;
import io.github.camelgemini.image.observation.WaitingBatches;
import io.github.camelgemini.image.resilience.CallObserver;
import io.github.camelgemini.image.result.Deliveries;
import io.github.camelgemini.image.result.FormatConversion;
import io.github.camelgemini.image.result.ImageStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.ScheduledPollConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code from("gemini-image:batchResults")}: delivers the results of batches, one exchange for each picture. A request
 * that failed becomes an exchange with an exception.
 *
 * <p>One thread polls. It reads the next result from the service when the route has room for one, so a batch of any
 * size only needs heap for the results in delivery. If an exchange fails, its result is delivered again in a later
 * poll. A result without a picture is not delivered again if the exchange ends with the exception that it came with.
 */
public class BatchResultsConsumer extends ScheduledPollConsumer implements ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(BatchResultsConsumer.class);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final ConsumerMeans means;
    private final Deque<Runnable> held = new ArrayDeque<>();
    private final ReentrantLock polling = new ReentrantLock();
    private final AtomicBoolean woken = new AtomicBoolean();
    private ConsumerOptions options;
    private ResultExchanges exchanges;
    private volatile DueBatches due;
    private ServiceTraits traits;
    private Executor routes;
    private Semaphore slots;
    private volatile ShutdownRunningTask shutdownTask;
    /** The current delivery; a poll may end in the middle of it. */
    private volatile BatchDelivery delivery;

    private volatile long pausedUntil = System.nanoTime();
    private Duration pause = FIRST_PAUSE;
    private final WakeUps wakeUps = new WakeUps(this::newTimer, this::look, () -> pausedUntil);

    public BatchResultsConsumer(Endpoint endpoint, Processor processor, ConsumerMeans means) {
        super(endpoint, processor);
        this.means = means;
    }

    @Override
    protected void doStart() throws Exception {
        try {
            acquire();
        } catch (Exception e) {
            release();
            throw e;
        }
        super.doStart();
    }

    @Override
    protected void doBuild() throws Exception {
        if (getHealthCheck() == null) {
            setHealthCheck(new BatchesHealthCheck(this, this::waiting));
        }
        super.doBuild();
    }

    private WaitingBatches waiting() {
        DueBatches now = due;
        return now == null || !isStarted() ? WaitingBatches.NONE : now.waiting();
    }

    private void acquire() throws Exception {
        Lease lease = means.lease();
        held.push(lease::close);
        options = means.options(lease);
        traits = lease.check().traits();
        ImageStore imageStore = null;
        if (options.imageStore() != null) {
            imageStore = new ImageStore(
                    CamelContextHelper.getMandatoryEndpoint(getEndpoint().getCamelContext(), options.imageStore()));
            held.push(imageStore::close);
        }
        exchanges = new ResultExchanges(
                new FormatConversion(lease.store(), options.maxPixels()),
                new Deliveries(imageStore, lease.store()),
                options);
        due = new DueBatches(options, lease.backend(CallObserver.NONE).batches());
        slots = new Semaphore(options.concurrent());
        routes = Runnable::run;
        if (options.concurrent() > 1) {
            ExecutorService pool = getEndpoint()
                    .getCamelContext()
                    .getExecutorServiceManager()
                    .newFixedThreadPool(this, "GeminiImageBatchResults", options.concurrent());
            routes = pool;
            held.push(() -> shutdown(pool));
        }
        shutdownTask = null;
        means.waits(getRouteId(), this::waiting);
        if (options.webhook() != null) {
            WebhookListener listener =
                    new WebhookListener(getEndpoint().getCamelContext(), options.webhook(), this::wake);
            held.push(listener::stop);
            listener.start();
        }
    }

    private void shutdown(ExecutorService pool) {
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(pool);
    }

    private void release() {
        while (!held.isEmpty()) {
            held.pop().run();
        }
    }

    @Override
    protected void doStop() throws Exception {
        interrupt();
        super.doStop();
        BatchDelivery left = delivery;
        delivery = null;
        try {
            if (left != null) {
                left.close();
            }
        } finally {
            release();
        }
    }

    @Override
    protected void doSuspend() throws Exception {
        super.doSuspend();
        if (shutdownTask != ShutdownRunningTask.CompleteAllTasks) {
            interrupt();
        }
        letGoWhileSuspended();
    }

    private void interrupt() {
        BatchDelivery now = delivery;
        if (now != null) {
            now.interrupt();
        }
        wakeUps.end();
    }

    /** Releases the batch, so that other processes can continue it. A running poll does this when it ends. */
    private void letGoWhileSuspended() {
        if (isSuspendingOrSuspended() && polling.tryLock()) {
            try {
                abort();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                polling.unlock();
            }
        }
    }

    /**
     * Wakes the consumer, for example after a webhook call. The call's content is not trusted: the service is polled
     * soon.
     */
    public void wake() {
        if (isRunAllowed() && isStarted()) {
            wakeUps.call();
        }
    }

    private ScheduledExecutorService newTimer() {
        return getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "GeminiImageBatchWake");
    }

    private void look() {
        woken.set(true);
        run();
    }

    /** Runs one poll at a time, and none during the pause after a failed one. */
    @Override
    public void run() {
        do {
            if (System.nanoTime() - pausedUntil < 0) {
                if (woken.get()) {
                    // The wake-up waits for the end of the pause, and not for the next scheduled poll.
                    wake();
                }
                return;
            }
            if (!polling.tryLock()) {
                return;
            }
            try {
                // Not inside the poll, which a poll strategy or repeatCount may skip.
                if (woken.getAndSet(false)) {
                    due.wake();
                }
                super.run();
            } finally {
                polling.unlock();
            }
            letGoWhileSuspended();
        } while (woken.get() && isPollAllowed());
    }

    @Override
    protected int poll() throws Exception {
        int brought = 0;
        boolean some = false;
        Exception failure = null;
        try {
            due.begin();
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        try {
            while (goesOn() && (options.maxMessages() <= 0 || brought < options.maxMessages())) {
                try {
                    if (delivery == null) {
                        delivery = due.next().orElse(null);
                    }
                    if (delivery == null) {
                        break;
                    }
                    if (!bringNext()) {
                        endDelivery();
                    } else {
                        brought++;
                    }
                    some = true;
                } catch (IOException | RuntimeException e) {
                    failure = failure == null ? e : failure;
                    fail();
                } catch (Error e) {
                    abort();
                    throw e;
                }
            }
        } finally {
            awaitAll();
        }
        if (some || failure == null) {
            pause = FIRST_PAUSE;
        } else if (goesOn()) {
            // Otherwise only some batches fail, and each of them has its own pause.
            pausedUntil = System.nanoTime() + pause.toNanos();
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
        if (failure != null && goesOn()) {
            throw failure;
        }
        return brought;
    }

    private boolean goesOn() {
        return shutdownTask == ShutdownRunningTask.CompleteAllTasks
                ? isRunAllowed()
                : isPollAllowed() && shutdownTask == null && !isSuspendingOrSuspended();
    }

    /** Reads the next result when there is room for it, and passes it to the route. */
    private boolean bringNext() throws IOException, InterruptedException {
        // The slots of this start: after a stop that did not wait, the consumer may start again with exchanges still in
        // flight.
        Semaphore slot = slots;
        slot.acquire();
        BatchDelivery.Item item = null;
        try {
            item = delivery.next();
        } finally {
            if (item == null) {
                slot.release();
            }
        }
        if (item == null) {
            return false;
        }
        BatchDelivery.Item taken = item;
        try {
            routes.execute(() -> bring(taken, slot));
        } catch (RejectedExecutionException e) {
            leave(taken, slot);
        }
        return true;
    }

    private void bring(BatchDelivery.Item item, Semaphore slot) {
        Exchange exchange;
        Observation observed;
        try {
            exchange = createExchange(false);
            observed = means.observe(exchange, traits);
        } catch (Throwable e) {
            leave(item, slot);
            throw e;
        }
        boolean isConverted = write(item, exchange);
        AtomicBoolean ended = new AtomicBoolean();
        try {
            getAsyncProcessor().process(exchange, doneSync -> {
                if (ended.compareAndSet(false, true)) {
                    done(item, exchange, observed, slot, isConverted);
                }
            });
        } catch (Throwable e) {
            exchange.setException(e);
            if (ended.compareAndSet(false, true)) {
                done(item, exchange, observed, slot, isConverted);
            }
        }
    }

    /** Returns a result that no route has received. */
    private static void leave(BatchDelivery.Item item, Semaphore slot) {
        item.result().discard();
        item.left();
        slot.release();
    }

    /** False when the picture cannot be converted. */
    private boolean write(BatchDelivery.Item item, Exchange exchange) {
        try {
            return exchanges.write(item.result(), exchange);
        } catch (Throwable e) {
            // For example, the imageStore is down, which is not the picture's fault.
            ResultExchanges.fail(exchange, Steps.cause(e));
            return true;
        }
    }

    private void done(
            BatchDelivery.Item item, Exchange exchange, Observation observed, Semaphore slot, boolean isConverted) {
        try {
            done(item, exchange, observed, isConverted);
        } finally {
            slot.release();
            releaseExchange(exchange, false);
        }
    }

    /** Called when the route has finished with a result. */
    private void done(BatchDelivery.Item item, Exchange exchange, Observation observed, boolean isConverted) {
        Exception failure = exchange.getException();
        BatchResult result = item.result();
        boolean told = failure != null && (failure == result.failure() || !isConverted && item.isLastTry());
        try {
            if (failure != null) {
                getExceptionHandler()
                        .handleException(
                                "Result " + result.key() + " of batch " + result.batch()
                                        + (told ? " has no image" : " failed in the route and will be delivered again"),
                                exchange,
                                failure);
            }
        } finally {
            boolean rolledBack = exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
            if (failure != null && !told && !isConverted) {
                item.failed();
            } else if (rolledBack || (failure != null && !told)) {
                item.left();
            } else {
                tell(result, observed);
                item.delivered();
            }
        }
    }

    /** Reports each result and its cost once. */
    private static void tell(BatchResult result, Observation observed) {
        String model = result.result() != null
                ? result.result().model()
                : result.failure().getModel();
        observed.begin("batch_result", model, null).ended(result.result(), result.failure());
        observed.done(result.failure());
    }

    private void endDelivery() throws IOException, InterruptedException {
        awaitAll();
        BatchDelivery done = delivery;
        due.looked(done.batch(), done.finish());
        delivery = null;
        done.close();
    }

    private void fail() throws InterruptedException {
        BatchDelivery broken = delivery;
        if (broken != null && !broken.isInterrupted()) {
            due.failed(broken.batch());
        }
        abort();
    }

    /** Ends the delivery. The other results come with the next pass through the batch. */
    private void abort() throws InterruptedException {
        BatchDelivery broken = delivery;
        if (broken != null) {
            awaitAll();
            delivery = null;
            broken.close();
        }
    }

    private void awaitAll() throws InterruptedException {
        slots.acquire(options.concurrent());
        slots.release(options.concurrent());
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        shutdownTask = task;
        return false;
    }

    /** A stop waits for the poll, which ends with the exchanges in flight. */
    @Override
    public int getPendingExchangesSize() {
        return isPolling() ? 1 : 0;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        shutdownTask = null;
    }
}

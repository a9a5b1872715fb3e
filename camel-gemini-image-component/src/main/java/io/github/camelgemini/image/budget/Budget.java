package io.github.camelgemini.image.budget;

import io.github.camelgemini.image.error.BudgetExceededException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ProviderError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The budget of a component. The expected cost of a call is reserved before the call, so that calls in flight cannot
 * exceed the budget together. Afterwards the real cost replaces the reservation. Thread-safe, and never blocks the
 * caller's thread.
 */
public final class Budget {

    private static final Logger LOG = LoggerFactory.getLogger(Budget.class);

    /** How often a concurrent change by another process is tolerated. */
    private static final int MOST_TRIES = 100;

    private static final long LONGEST_PAUSE = 20;
    private static final BigDecimal NEARLY_ALL = new BigDecimal("0.8");

    private final BigDecimal amount;
    private final BudgetPeriod period;
    private final BigDecimal unknownPrice;
    private final BudgetRepository repository;
    private final Executor workers;
    private final Clock clock;
    private final AtomicLong refused = new AtomicLong();
    /** Changes that wait to be stored. The next write stores all of them. */
    private List<Change<?>> waiting = new ArrayList<>();

    private boolean working;
    private Books books = new Books();
    private boolean nearlySpent;

    private record Change<T>(BiFunction<Books, Instant, T> change, CompletableFuture<T> result) {

        private Runnable on(Books books, Instant now) {
            try {
                T value = change.apply(books, now);
                return () -> {
                    if (!result.complete(value) && value instanceof Reservation unwanted) {
                        unwanted.end(BigDecimal.ZERO);
                    }
                };
            } catch (RuntimeException e) {
                return () -> result.completeExceptionally(e);
            }
        }
    }

    /**
     * @param amount in USD
     * @param unknownPrice cost to assume for a call with unknown price, in USD; null to refuse it
     * @param repository stores the budget; null to keep it in the heap of this process
     * @param workers run the repository's methods, which may block
     */
    public Budget(
            BigDecimal amount,
            BudgetPeriod period,
            BigDecimal unknownPrice,
            BudgetRepository repository,
            Executor workers,
            Clock clock) {
        this.amount = amount;
        this.period = period;
        this.unknownPrice = unknownPrice;
        this.repository = repository;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Reserves the expected cost of a call.
     *
     * @param expected in USD; empty if not known
     * @param model for the message of the exception
     * @param patience the time after which nobody waits for the answer
     * @return fails with a {@link BudgetExceededException} if the amount does not fit
     */
    public CompletableFuture<Reservation> reserve(Optional<BigDecimal> expected, String model, Duration patience) {
        BigDecimal price;
        try {
            price = priceOf(expected, model);
        } catch (BudgetExceededException e) {
            return CompletableFuture.failedFuture(e);
        }
        // The id stays the same when the write is repeated, because the first write may have succeeded.
        String id = UUID.randomUUID().toString();
        return change((kept, now) -> {
            if (kept.spent().add(kept.reserved()).add(price).compareTo(amount) > 0) {
                throw exceeded(kept, price, model);
            }
            kept.reserve(id, price, now.plus(patience));
            return new Reservation(id, price);
        });
    }

    /**
     * @throws BudgetExceededException when the price is not known, and no price to assume is set
     */
    BigDecimal priceOf(Optional<BigDecimal> expected, String model) {
        BigDecimal price = expected.orElse(unknownPrice);
        if (price == null) {
            throw ofUnknownPrice(model);
        }
        return price;
    }

    private BudgetExceededException ofUnknownPrice(String model) {
        refused.incrementAndGet();
        BudgetState state = state();
        return new BudgetExceededException(
                "The price of model " + model + " is unknown, so its calls are refused while a budget is set. Set"
                        + " budgetUnknownPrice to the maximum cost of a call, or set the prices in modelCatalogFile",
                amount,
                state.spent(),
                state.reserved(),
                null,
                null,
                ProviderError.ofModel(model));
    }

    private BudgetExceededException exceeded(Books kept, BigDecimal price, String model) {
        Instant again = kept.roomFor(price, amount, period).orElse(null);
        return new BudgetExceededException(
                "A call to model " + model + " may cost " + dollars(price)
                        + ", which exceeds the rest of the budget of "
                        + dollars(amount) + " "
                        + period + ": spent " + dollars(kept.spent())
                        + ", reserved for calls in flight "
                        + dollars(kept.reserved()) + (again == null ? "" : "; the budget allows it again at " + again),
                amount,
                kept.spent(),
                kept.reserved(),
                price,
                again,
                ProviderError.ofModel(model));
    }

    private static String dollars(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString() + " USD";
    }

    /** The reservation for one call. Ending it again does nothing. */
    public final class Reservation {

        private final String id;
        private final BigDecimal price;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Reservation(String id, BigDecimal price) {
            this.id = id;
            this.price = price;
        }

        /** Begins the call. If that fails immediately, nothing is spent. */
        <T> T begin(Supplier<T> call) {
            try {
                return call.get();
            } catch (Throwable e) {
                end(BigDecimal.ZERO);
                throw e;
            }
        }

        /**
         * Reports the end of the call.
         *
         * @param cost in USD; null if not known, so that the expected cost counts
         */
        public void end(BigDecimal cost) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            BigDecimal spent = cost == null ? price : cost;
            change((kept, now) -> {
                        kept.book(id, spent, period.partOf(now));
                        return null;
                    })
                    .exceptionally(failure -> {
                        LOG.warn(
                                "The actual cost of a call could not be stored. The expected cost counts instead: {}",
                                failure.getMessage());
                        return null;
                    });
        }
    }

    /** The state of the budget as this process knows it. Spending of other processes is seen with the next call. */
    public BudgetState state() {
        synchronized (this) {
            books.goOnTo(clock.instant(), period);
            return new BudgetState(amount, books.spent(), books.reserved(), refused.get(), period.toString());
        }
    }

    /**
     * Reads the stored budget, so that the state includes earlier spending.
     *
     * @throws IOException when it cannot be read
     */
    public void load() throws IOException {
        if (repository != null) {
            Optional<BudgetRepository.Entry> entry = repository.get();
            Books kept = entry.isPresent() ? Books.ofJson(entry.get().text()) : new Books();
            synchronized (this) {
                books = kept;
            }
        }
    }

    private <T> CompletableFuture<T> change(BiFunction<Books, Instant, T> change) {
        Change<T> wanted = new Change<>(change, new CompletableFuture<>());
        wanted.result().whenComplete((done, failure) -> countRefused(failure));
        if (repository == null) {
            changeInMemory(wanted);
        } else {
            keepSoon(wanted);
        }
        return wanted.result();
    }

    private void changeInMemory(Change<?> wanted) {
        Runnable tell;
        synchronized (this) {
            Instant now = clock.instant();
            books.goOnTo(now, period);
            tell = wanted.on(books, now);
            warn();
        }
        tell.run();
    }

    private void keepSoon(Change<?> wanted) {
        synchronized (this) {
            waiting.add(wanted);
            if (working) {
                return;
            }
            working = true;
        }
        try {
            workers.execute(this::keepAll);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // The component stops, or there are no more threads.
            keepAll();
        }
    }

    private void keepAll() {
        while (true) {
            List<Change<?>> all;
            synchronized (this) {
                all = waiting;
                waiting = new ArrayList<>();
                if (all.isEmpty()) {
                    working = false;
                    return;
                }
            }
            try {
                keep(all).forEach(this::tell);
            } catch (Throwable e) {
                // Whatever the failure is: waiting callers must get it, and the next caller must find a running writer.
                all.forEach(change -> tell(() -> change.result().completeExceptionally(notKept(e))));
            }
        }
    }

    private static LocalStorageException notKept(Throwable cause) {
        return new LocalStorageException(
                "The budget cannot be stored: " + cause.getMessage(), ProviderError.NONE, cause);
    }

    /** Uses another thread, because a call may begin with it, and other callers wait for this thread. */
    private void tell(Runnable end) {
        try {
            workers.execute(end);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            end.run();
        }
    }

    private List<Runnable> keep(List<Change<?>> all) throws IOException {
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            Optional<BudgetRepository.Entry> entry = repository.get();
            Books kept = entry.isPresent() ? Books.ofJson(entry.get().text()) : new Books();
            Instant now = clock.instant();
            kept.goOnTo(now, period);
            List<Runnable> told = new ArrayList<>();
            all.forEach(change -> told.add(change.on(kept, now)));
            OptionalLong version = repository.put(
                    kept.toJson(), entry.map(BudgetRepository.Entry::version).orElse(0L));
            if (version.isPresent()) {
                synchronized (this) {
                    books = kept;
                    warn();
                }
                return told;
            }
            pause();
        }
        throw new IOException("other processes changed it " + MOST_TRIES + " times in a row");
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private void countRefused(Throwable failure) {
        if (failure instanceof BudgetExceededException && refused.incrementAndGet() == 1) {
            LOG.warn("The budget refused its first call: {}", failure.getMessage());
        }
    }

    /** Warns once each time the limit is reached. */
    private void warn() {
        BigDecimal taken = books.spent().add(books.reserved());
        boolean now = taken.compareTo(amount.multiply(NEARLY_ALL)) >= 0;
        if (now && !nearlySpent) {
            LOG.warn("Budget of {} {}: {} are spent or reserved", dollars(amount), period, dollars(taken));
        }
        nearlySpent = now;
    }
}

package io.github.camelgemini.image.batch;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.spi.AggregationRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.OptimisticLockingAggregationRepository;
import org.apache.camel.spi.OptimisticLockingAggregationRepository.OptimisticLockingException;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores batches in one of Camel's aggregation repositories, such as {@code JdbcAggregationRepository}. It needs a
 * repository, and so a table, of its own: an aggregator with the same one would take batches for its exchanges. Each
 * text is the body of an exchange, a {@code String}.
 *
 * <p>PostgreSQL also needs {@code JdbcAggregationRepository}, because {@code PostgresAggregationRepository} of Camel
 * 4.18.0 inserts no row.
 *
 * <p>Several processes may share a repository with optimistic locking. A process that works on a batch regularly
 * updates a row of it. If that row does not change for the duration of a lease, another process may take the batch
 * over. Clocks of different machines are never compared. A repository without optimistic locking can be used by one
 * process only; the log warns about it.
 *
 * <p>This repository does not store which results were delivered. Set the option {@code idempotentRepository} as well.
 */
public final class AggregationBatchRepository extends ServiceSupport implements BatchRepository, CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(AggregationBatchRepository.class);

    private static final long DEFAULT_LEASE = 30_000;
    private static final int ATTEMPTS = 5;

    private final AggregationRepository repository;
    private final LeasedHolds holds = new LeasedHolds(new Rows());
    private CamelContext camelContext;
    private volatile boolean optimistic;
    private long lease = DEFAULT_LEASE;

    /**
     * @param repository started and stopped together with this one
     */
    public AggregationBatchRepository(AggregationRepository repository) {
        this.repository = Objects.requireNonNull(repository);
        this.optimistic = repository instanceof OptimisticLockingAggregationRepository;
    }

    /**
     * Milliseconds without an update after which a batch may be taken over from another process. Default 30 seconds.
     */
    public long getLease() {
        return lease;
    }

    /** Sets the milliseconds without an update after which a batch may be taken over; see {@link #getLease}. */
    public void setLease(long lease) {
        if (lease <= 0) {
            throw new IllegalArgumentException("lease '" + lease + "' ms must be more than 0");
        }
        this.lease = lease;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    protected void doStart() {
        Objects.requireNonNull(camelContext, "camelContext");
        CamelContextAware.trySetCamelContext(repository, camelContext);
        ServiceHelper.startService(repository);
        if (!optimistic) {
            warn();
        }
    }

    @Override
    protected void doStop() {
        holds.stop();
        ServiceHelper.stopService(repository);
    }

    /** For tests: behaves as if this process had died. */
    void stopBeats() {
        holds.stop();
    }

    private void warn() {
        LOG.warn("{} has no optimistic locking. Only one process at a time may use it for batches", repository);
    }

    @Override
    public Optional<Entry> get(String id) throws IOException {
        Exchange exchange = exchange(id);
        return exchange == null ? Optional.empty() : Optional.of(entry(id, exchange));
    }

    private Exchange exchange(String id) throws IOException {
        return of(id, () -> repository.get(camelContext, id));
    }

    @Override
    public OptionalLong put(String id, String text, long version) throws IOException {
        // Other users of this repository in this process; they have no other lock in common.
        synchronized (repository) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                Exchange old = exchange(id);
                if ((old == null ? 0 : entry(id, old).version()) != version) {
                    return OptionalLong.empty();
                }
                // A copy keeps what identifies the old entry, such as the version of its row.
                Exchange next = old == null ? new DefaultExchange(camelContext) : old.copy();
                next.getMessage().setBody((version + 1) + "\n" + text);
                if (of(id, () -> replace(id, old, next))) {
                    return OptionalLong.of(version + 1);
                }
            }
        }
        // A database refuses a row that already exists, and one that does not fit into the table. Camel reports both as
        // the first. PostgresAggregationRepository of 4.18.0 refuses every row, because its INSERT has fewer
        // placeholders than values.
        throw new IOException(
                repository + " rejects " + id + ", although no other process has changed it. If it is a database"
                        + " table, check that its columns are those of Camel's documentation");
    }

    private boolean replace(String id, Exchange old, Exchange next) {
        if (optimistic) {
            try {
                ((OptimisticLockingAggregationRepository) repository).add(camelContext, id, old, next);
                return true;
            } catch (OptimisticLockingException e) {
                return false;
            } catch (UnsupportedOperationException e) {
                // It supports optimistic locking, but it is switched off.
                optimistic = false;
                warn();
            }
        }
        repository.add(camelContext, id, next);
        return true;
    }

    @Override
    public void remove(String id) throws IOException {
        if (BatchRow.isBatch(id)) {
            for (String row : keys()) {
                if (!BatchRow.isBatch(row) && BatchRow.of(row).batch().equals(id)) {
                    removeRow(row);
                }
            }
        }
        removeRow(id);
    }

    private void removeRow(String id) throws IOException {
        IOException failure = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Exchange there = exchange(id);
            if (there == null) {
                return;
            }
            try {
                removeRow(id, there);
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new IOException(
                id + " cannot be removed from " + repository + ": other processes keep changing it", failure);
    }

    /** A repository may keep, with or without an error, a row that was changed meanwhile. */
    private void removeRow(String id, Exchange exchange) throws IOException {
        of(id, () -> {
            repository.remove(camelContext, id, exchange);
            repository.confirm(camelContext, exchange.getExchangeId());
            return null;
        });
    }

    @Override
    public Set<String> batches() throws IOException {
        return keys().stream().filter(BatchId::isOurs).collect(Collectors.toSet());
    }

    private Set<String> keys() throws IOException {
        return of("the list of batches", repository::getKeys);
    }

    private <T> T of(String id, Supplier<T> work) throws IOException {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw new IOException(repository + " failed with " + id + ": " + e.getMessage(), e);
        }
    }

    private Entry entry(String id, Exchange exchange) throws IOException {
        String body = exchange.getMessage().getBody(String.class);
        int end = body == null ? -1 : body.indexOf('\n');
        try {
            return new Entry(body.substring(end + 1), Long.parseLong(body.substring(0, Math.max(0, end))));
        } catch (NullPointerException | NumberFormatException e) {
            throw new IOException("The entry " + id + " of " + repository + " does not belong to a batch", e);
        }
    }

    @Override
    public Optional<Hold> hold(String batch) throws IOException {
        return holds.hold(batch);
    }

    @Override
    public Optional<IdempotentRepository> delivered() {
        return Optional.empty();
    }

    private final class Rows implements LeasedHolds.Rows {

        @Override
        public Optional<Entry> get(String row) throws IOException {
            return AggregationBatchRepository.this.get(row);
        }

        @Override
        public OptionalLong put(String row, String text, long version) throws IOException {
            return AggregationBatchRepository.this.put(row, text, version);
        }

        @Override
        public void release(String batch, String row, String nobody, long version) throws IOException {
            if (exchange(batch) != null) {
                put(row, nobody, version);
                return;
            }
            Exchange exchange = exchange(row);
            if (exchange != null && entry(row, exchange).version() == version) {
                removeRow(row, exchange);
            }
        }

        @Override
        public long lease() {
            return lease;
        }

        @Override
        public ScheduledExecutorService newTimer() {
            return camelContext
                    .getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(AggregationBatchRepository.this, "GeminiImageBatchHolds");
        }
    }
}

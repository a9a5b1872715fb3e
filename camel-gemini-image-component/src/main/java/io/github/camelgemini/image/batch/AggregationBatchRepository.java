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
 * Batches that one of Camel's aggregation repositories remembers, such as {@code JdbcAggregationRepository}. Give it one of its
 * own, that is, a table of its own: an aggregator that shares it would take batches for its exchanges. Each text is the body of an
 * exchange, a {@code String}.
 *
 * <p>For PostgreSQL that is {@code JdbcAggregationRepository} too: {@code PostgresAggregationRepository} of Camel 4.18.0 inserts
 * no row.
 *
 * <p>Processes may share a repository that has optimistic locking. A process that holds a batch changes a row of it time and
 * again; when that row stays as it is for the length of a lease, another process may take the batch over. No two clocks are
 * compared. A repository without optimistic locking is for one process alone, and a warning says so.
 *
 * <p>Which results have been delivered is not kept here: the option {@code idempotentRepository} must be set as well.
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

    /** @param repository started here, and stopped with this one */
    public AggregationBatchRepository(AggregationRepository repository) {
        this.repository = Objects.requireNonNull(repository);
        this.optimistic = repository instanceof OptimisticLockingAggregationRepository;
    }

    /** Milliseconds after which a batch may be taken over from a process that gives no sign of life; 30 seconds by default. */
    public long getLease() {
        return lease;
    }

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

    /** As if this process were dead. */
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
        // Whoever else in this process has a repository around the same one; it has no other lock that they share.
        synchronized (repository) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                Exchange old = exchange(id);
                if ((old == null ? 0 : entry(id, old).version()) != version) {
                    return OptionalLong.empty();
                }
                // A copy has what the repository knows the old one by, such as the version of its row.
                Exchange next = old == null ? new DefaultExchange(camelContext) : old.copy();
                next.getMessage().setBody((version + 1) + "\n" + text);
                if (of(id, () -> replace(id, old, next))) {
                    return OptionalLong.of(version + 1);
                }
            }
        }
        // A database refuses a row that is there and one that its table cannot have; Camel takes the second for the
        // first.
        // So fares each row of PostgresAggregationRepository in 4.18.0, whose INSERT has fewer places than it sets
        // values.
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
                // It could, and is set up to do without.
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

    /** A repository may leave, silently or not, what somebody has changed meanwhile. */
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

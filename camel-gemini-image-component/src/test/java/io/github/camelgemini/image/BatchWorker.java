package io.github.camelgemini.image;

import static org.awaitility.Awaitility.await;

import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.backend.OwnService;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.batch.AggregationBatchRepository;
import io.github.camelgemini.image.batch.Batch;
import io.github.camelgemini.image.batch.BatchRepository;
import io.github.camelgemini.image.batch.BatchSubmission;
import io.github.camelgemini.image.batch.Batches;
import io.github.camelgemini.image.batch.FileBatchRepository;
import io.github.camelgemini.image.request.BatchHeaders;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.KeyedRequest;
import io.github.camelgemini.image.request.Parameter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * A process that submits a batch, or what is missing of it, and takes its results, until it is killed. What happens to each
 * result it writes into a ledger, a line at a time, which no kill takes away.
 */
final class BatchWorker {

    static final String BATCH = "products";
    static final long LEASE = 1_000;
    /** Requests of a job. */
    static final int JOB = 40;

    private BatchWorker() {}

    /**
     * @param args folder of the service; where batches are remembered: a folder, or the JDBC address of a database; the
     *     ledger; the number of requests; milliseconds that the route takes for each result
     */
    public static void main(String[] args) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        JobsInFolder jobs = new JobsInFolder(Path.of(args[0]), JOB);
        context.getRegistry().bind("painter", new OwnService(new OwnBackend() {
            @Override
            public ImageBatches batches() {
                return jobs;
            }
        }));
        Ledger ledger = new Ledger(Path.of(args[2]));
        BatchRepository memory;
        IdempotentRepository delivered;
        if (args[1].startsWith("jdbc:")) {
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(args[1]);
            memory = inDatabase(database);
            delivered = new JdbcMessageIdRepository(database, BATCH);
        } else {
            memory = new FileBatchRepository(Path.of(args[1]));
            delivered = memory.delivered().orElseThrow();
        }
        context.getRegistry().bind("memory", memory);
        context.getRegistry().bind("delivered", new Recorded(delivered, ledger));
        int pause = Integer.parseInt(args[4]);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gemini-image:batchResults?service=#painter&batchRepository=#memory&idempotentRepository=#delivered"
                                + "&delay=20&initialDelay=0&concurrentConsumers=2")
                        .process(exchange -> arrived(exchange, delivered, ledger))
                        .delay(pause);
            }
        });
        context.start();
        System.out.println("started");
        submit(new Batches(memory), jobs, Integer.parseInt(args[3]));
        System.out.println("submitted");
        Thread.sleep(Long.MAX_VALUE);
    }

    private static BatchRepository inDatabase(DataSource database) {
        AggregationBatchRepository batches = new AggregationBatchRepository(
                new JdbcAggregationRepository(new DataSourceTransactionManager(database), "batches", database));
        batches.setLease(LEASE);
        return batches;
    }

    /** As a source does that sends its message again until it is taken. */
    private static void submit(Batches batches, ImageBatches jobs, int requests) {
        BatchSubmission.Order order = new BatchSubmission.Order("painter", null, null, false, 0);
        await().forever().ignoreExceptions().until(() -> {
            Batch known = batches.find(BATCH).orElse(null);
            if (known != null && known.stage() != Batch.Stage.SUBMITTING) {
                return true;
            }
            try (Batches.Held held = batches.hold(BATCH).orElseThrow()) {
                return new BatchSubmission(held, jobs, order, () -> true)
                                .submit(requests(requests))
                                .stage()
                        == Batch.Stage.SUBMITTED;
            }
        });
    }

    private static Iterator<KeyedRequest> requests(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(key -> new KeyedRequest(
                        String.valueOf(key),
                        ImageRequest.builder()
                                .set(Parameter.MODEL, "gemini-3.1-flash-image")
                                .set(Parameter.PROMPT, "Product " + key)
                                .build()))
                .iterator();
    }

    private static void arrived(Exchange exchange, IdempotentRepository delivered, Ledger ledger) throws IOException {
        String key = exchange.getMessage().getHeader(BatchHeaders.BATCH_KEY, String.class);
        byte[] picture = exchange.getMessage().getBody(byte[].class);
        if (exchange.getException() != null || picture == null || picture.length == 0) {
            ledger.write("empty " + key + " " + exchange.getException());
        }
        ledger.write((delivered.contains(BATCH + "/" + key) ? "late " : "arrived ") + key);
    }

    private record Ledger(OutputStream file) {

        Ledger(Path file) throws IOException {
            this(new FileOutputStream(file.toFile(), true));
        }

        /** One write to the system, which nobody interrupts and others do not get between. */
        void write(String line) {
            try {
                file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Writes down what was noted as delivered. */
    private static final class Recorded extends ServiceSupport implements IdempotentRepository {

        private final IdempotentRepository delivered;
        private final Ledger ledger;

        Recorded(IdempotentRepository delivered, Ledger ledger) {
            this.delivered = delivered;
            this.ledger = ledger;
        }

        @Override
        protected void doStart() {
            delivered.start();
        }

        @Override
        public boolean add(String key) {
            boolean added = delivered.add(key);
            ledger.write((added ? "noted " : "twice ") + key.substring(key.indexOf('/') + 1));
            return added;
        }

        @Override
        public boolean contains(String key) {
            return delivered.contains(key);
        }

        @Override
        public boolean remove(String key) {
            return delivered.remove(key);
        }

        @Override
        public boolean confirm(String key) {
            return delivered.confirm(key);
        }

        @Override
        public void clear() {
            delivered.clear();
        }
    }
}

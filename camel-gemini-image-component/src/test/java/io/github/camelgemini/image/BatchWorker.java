package io.github.camelgemini.image;

import static org.awaitility.Awaitility.await;

import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.backend.OwnService;
import io.github.camelgemini.image.backend.batch.ImageBatches;
import io.github.camelgemini.image.batch.AggregationBatchRepository;
import io.github.camelgemini.image.batch.BatchRepository;
import io.github.camelgemini.image.batch.FileBatchRepository;
import io.github.camelgemini.image.request.BatchHeaders;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.AggregationRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * A process that submits a batch, or the rest of it, and receives its results, until it is killed. It writes every
 * outcome into a ledger, line by line, which survives the kill.
 */
final class BatchWorker {

    static final String BATCH = "products";
    static final long LEASE = 1_000;
    /** Requests of a job. */
    static final int JOB = 40;

    private BatchWorker() {}

    /**
     * @param args base URL of Google's emulator, or the folder of another service; the store of batches: a folder, or
     *     the JDBC URL of a database; the ledger; the number of requests; milliseconds that the route needs for each
     *     result
     */
    public static void main(String[] args) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        if (args[0].startsWith("http")) {
            GeminiImageConfiguration options = context.getComponent("gemini-image", GeminiImageComponent.class)
                    .getConfiguration();
            options.setBaseUrl(args[0]);
            options.setApiKey(EmulatedRoutes.KEY);
            options.setImageSize("512");
        } else {
            JobsInFolder jobs = new JobsInFolder(Path.of(args[0]), JOB);
            context.getComponent("gemini-image", GeminiImageComponent.class)
                    .getConfiguration()
                    .setService(new OwnService(new OwnBackend() {
                        @Override
                        public ImageBatches batches() {
                            return jobs;
                        }
                    }));
        }
        Ledger ledger = new Ledger(Path.of(args[2]));
        BatchRepository memory;
        IdempotentRepository delivered;
        if (args[1].startsWith("jdbc:")) {
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(args[1]);
            // tag::database[]
            AggregationRepository batches =
                    new JdbcAggregationRepository(new DataSourceTransactionManager(database), "batches", database);
            IdempotentRepository results = new JdbcMessageIdRepository(database, "batches");
            // end::database[]
            AggregationBatchRepository leased = new AggregationBatchRepository(batches);
            leased.setLease(LEASE);
            memory = leased;
            delivered = results;
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
                from("direct:submit")
                        .setHeader(BatchHeaders.BATCH_ID, constant(BATCH))
                        .to("gemini-image:batch?batchRepository=#memory");
                from("gemini-image:batchResults?batchRepository=#memory&idempotentRepository=#delivered"
                                + "&delay=20&initialDelay=0&concurrentConsumers=2")
                        .process(exchange -> arrived(exchange, delivered, ledger))
                        .delay(pause);
            }
        });
        context.start();
        System.out.println("started");
        submit(context, Integer.parseInt(args[3]));
        System.out.println("submitted");
        Thread.sleep(Long.MAX_VALUE);
    }

    /** Repeats a message until it is accepted, like many sources. */
    private static void submit(DefaultCamelContext context, int requests) {
        ProducerTemplate template = context.createProducerTemplate();
        await().forever()
                .until(() -> template.send("direct:submit", message -> message.getMessage()
                                        .setBody(IntStream.rangeClosed(1, requests)
                                                .mapToObj(number -> "Product " + number)
                                                .iterator()))
                                .getException()
                        == null);
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

        /** A single write, which no other process can interrupt. */
        void write(String line) {
            try {
                file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Logs the keys that were noted as delivered. */
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

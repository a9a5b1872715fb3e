package io.github.camelgemini.examples.batch.halfprice;

import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.ReceivedRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.util.FileUtil;

/**
 * Submits a list of products as one batch, and kills the submitting process five times: during the submission, during
 * the wait, and three times during the delivery.
 */
public final class HalfPrice {

    private static final String LIST = "products-2026";
    /** The fractions of delivered pictures at which the process is killed. */
    private static final List<Double> KILLED_AT = List.of(0.1, 0.4, 0.8);

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final int products;
    private final Path folder;
    private final PrintStream out;
    private GeminiEmulator emulator;
    private ObjectStore store;
    private ChildJvm worker;
    private int kills;

    HalfPrice(int products, Path folder, PrintStream out) {
        this.products = products;
        this.folder = folder;
        this.out = out;
    }

    /**
     * The result.
     *
     * @param pictures in the store
     * @param stored number of stores, including repeated ones
     * @param batches number of batches that were created, and so billed
     * @param cost of all pictures, in US dollars
     */
    record Outcome(int pictures, int stored, int batches, BigDecimal cost) {}

    /** Arguments: number of products, folder for everything. */
    public static void main(String[] args) throws Exception {
        int products = Integer.parseInt(args[0]);
        Outcome outcome = new HalfPrice(products, Path.of(args[1]), System.out).run();
        System.exit(outcome.pictures() == products ? 0 : 1);
    }

    Outcome run() throws Exception {
        FileUtil.removeDir(folder.toFile());
        Files.createDirectories(folder.resolve("orders"));
        out.println("The emulator draws, on this machine: no key, no network, no cost.");
        out.printf(
                "%,d products in one batch, and the pictures in S3. The process is killed five times on the way.%n%n",
                products);
        try (GeminiEmulator drawing = GeminiEmulator.builder()
                        .smallPictures(true)
                        .queueTime(Duration.ofSeconds(8))
                        .start();
                ObjectStore pictures = ObjectStore.start(folder)) {
            emulator = drawing;
            store = pictures;
            Files.writeString(folder.resolve("orders").resolve(LIST + ".jsonl"), list());
            work();
            return outcome();
        } finally {
            if (worker != null) {
                worker.close();
            }
        }
    }

    private String list() {
        return IntStream.rangeClosed(1, products)
                .mapToObj(
                        i -> "{\"key\":\"SKU-%05d\",\"prompt\":\"Catalogue picture of mug no. %d on a white ground\"}\n"
                                .formatted(i, i))
                .collect(Collectors.joining());
    }

    private void work() throws Exception {
        start();
        await(() -> received("batches.create") > 0, "submitting");
        kill("while submitting the batch");
        start();
        await(() -> received("batches.get") > 0, "waiting");
        kill("while waiting for the batch");
        start();
        for (double share : KILLED_AT) {
            int enough = (int) (products * share);
            await(() -> store.keys().size() >= enough, "drawing");
            kill("while delivering the pictures");
            start();
        }
        await(() -> store.keys().size() == products && paid().size() == products, "drawing");
    }

    private void start() throws IOException {
        Map<String, String> properties = new HashMap<>(store.properties());
        properties.put("orders", folder.resolve("orders").toString());
        properties.put("batches", folder.resolve("batches").toString());
        properties.put("paid", folder.resolve("paid.csv").toString());
        properties.put("camel.component.gemini-image.base-url", emulator.baseUrl());
        properties.put("camel.component.gemini-image.api-key", "any-key-will-do");
        worker = ChildJvm.start(
                folder.resolve("worker.log"),
                properties,
                List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    }

    private void kill(String when) throws InterruptedException {
        worker.close();
        kills++;
        out.printf(
                "  killed %s (%d of 5): %,d pictures are in S3%n",
                when, kills, store.keys().size());
    }

    private long received(String operation) {
        return emulator.requests().stream()
                .map(ReceivedRequest::operation)
                .filter(operation::equals)
                .count();
    }

    private void await(BooleanSupplier condition, String what) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        long told = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (!worker.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException("The worker " + (worker.isAlive() ? "makes no progress" : "has ended")
                        + " while " + what + "; its log is " + folder.resolve("worker.log"));
            }
            if (System.nanoTime() - told > Duration.ofSeconds(5).toNanos()) {
                told = System.nanoTime();
                out.printf(
                        "  %s: %,d of %,d pictures are in S3%n",
                        what, store.keys().size(), products);
            }
            Thread.sleep(100);
        }
    }

    /**
     * The cost of each picture. A picture that was delivered twice, because of a kill before its delivery was noted,
     * was billed once.
     */
    private Map<String, BigDecimal> paid() {
        try {
            Map<String, BigDecimal> costs = new LinkedHashMap<>();
            Path file = folder.resolve("paid.csv");
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                String[] values = line.split(",");
                if (values.length == 2) {
                    costs.put(values[0], new BigDecimal(values[1]));
                }
            }
            return costs;
        } catch (IOException e) {
            throw new IllegalStateException("The list of costs cannot be read", e);
        }
    }

    private Outcome outcome() {
        BigDecimal cost = paid().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        Outcome outcome = new Outcome(store.keys().size(), store.versions().size(), emulator.batches(), cost);
        out.printf(
                "%n%,d of %,d pictures are in S3, after five kills; %d were stored twice%n",
                outcome.pictures(), products, outcome.stored() - outcome.pictures());
        out.printf("Batches created and billed: %d%n", outcome.batches());
        out.printf(
                "Cost: about $%s by Google's list prices. With generate, %,d calls would cost $%s%n",
                dollars(cost), products, dollars(cost.multiply(TWO)));
        return outcome;
    }

    private static BigDecimal dollars(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }
}

package io.github.camelgemini.examples.batch;

import io.github.camelgemini.emulator.GeminiEmulator;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.main.Main;

/**
 * Makes a catalogue from a list of products and their photographs. Another run makes the missing pictures; an existing
 * picture is never billed again.
 */
public final class BatchOfProducts {

    private static final String OPTION = "camel.component.gemini-image.";

    private final Path list;
    private final Path photographs;
    private final Path catalogue;
    private final PrintStream out;
    private final CountDownLatch finished = new CountDownLatch(1);

    BatchOfProducts(Path list, Path photographs, Path catalogue, PrintStream out) {
        this.list = list.toAbsolutePath().normalize();
        this.photographs = photographs.toAbsolutePath().normalize();
        this.catalogue = catalogue.toAbsolutePath().normalize();
        this.out = out;
    }

    /**
     * Arguments: the list, the folder of photographs, the folder for pictures. Ends the JVM with status 1 when a
     * product has no picture.
     */
    public static void main(String[] args) throws Exception {
        int status;
        Main camel = new Main();
        boolean elsewhere = System.getProperty(OPTION + "baseUrl") != null
                || Stream.of("GOOGLE_API_KEY", "GEMINI_API_KEY")
                        .anyMatch(
                                name -> !System.getenv().getOrDefault(name, "").isBlank());
        try (GeminiEmulator emulator =
                elsewhere ? null : GeminiEmulator.builder().start()) {
            if (emulator != null) {
                System.out.println("The emulator draws, on this machine: no key, no network, no cost.");
                System.out.println("For Google's own pictures, which are billed, set GEMINI_API_KEY.");
                camel.addInitialProperty(OPTION + "baseUrl", emulator.baseUrl());
                camel.addInitialProperty(OPTION + "apiKey", "any-key-will-do");
            }
            status = new BatchOfProducts(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), System.out).run(camel);
        }
        // Not for 0: this may run inside Maven, which continues.
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Returns the exit status: 0 when every product has its picture, else 1. */
    int run(Main camel) throws IOException, InterruptedException {
        Files.createDirectories(catalogue);
        // The lock belongs to the process, so it ends with the process.
        try (FileChannel file = FileChannel.open(
                        catalogue.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock == null) {
                out.println("Another run is using " + catalogue + ". Two runs would pay for the same pictures.");
                return 1;
            }
            return makeMissing(camel, ProductList.read(list));
        } catch (IllegalArgumentException wrongList) {
            out.println(wrongList.getMessage());
            return 1;
        } finally {
            finished.countDown();
        }
    }

    private int makeMissing(Main camel, ProductList products) throws IOException, InterruptedException {
        removeHalfPictures();
        SamplePhotographs.drawMissing(products.products(), photographs);
        List<Product> missing = products.products().stream()
                .filter(product -> !hasPicture(product))
                .toList();
        PaidCalls paid = new PaidCalls(catalogue.resolve("paid.csv"));
        int there = products.products().size() - missing.size();
        out.printf(
                "%d products, %s%d pictures to make.%n%n",
                products.products().size(), there == 0 ? "" : there + " have a picture, ", missing.size());

        camel.addInitialProperty("catalogue", catalogue.toString());
        camel.configure().addRoutesBuilder(new CatalogueRoute(paid));
        List<Failure> failures = new ArrayList<>(products.failures());
        String stopped = null;
        try (Progress progress = new Progress(missing.size(), isTerminal(), out)) {
            camel.start();
            Batch batch = new Batch(camel.getCamelContext(), photographs, paid, progress);
            runUntilInterrupted(batch, missing);
            failures.addAll(batch.failures());
            stopped = batch.stopped().orElse(null);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            out.println("The route cannot start: " + Failure.reason(e));
            return 1;
        } finally {
            camel.stop();
        }
        return report(products, failures, stopped, paid);
    }

    /** After Ctrl-C, begins no further picture, and waits for those in progress and for the report. */
    private void runUntilInterrupted(Batch batch, List<Product> missing) throws InterruptedException {
        Thread hook = new Thread(() -> {
            batch.stop("you pressed Ctrl-C");
            out.println("\nStopping after the pictures in progress: they are paid for.");
            try {
                finished.await(10, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        batch.run(missing);
        removeHook(hook);
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stoppingAlready) {
            // The hook has already run.
        }
    }

    private int report(ProductList products, List<Failure> failures, String stopped, PaidCalls paid)
            throws IOException {
        List<Product> all = products.products();
        long made = all.stream().filter(this::hasPicture).count();
        failures.sort(Comparator.comparingLong(Failure::line));
        String cost = "about " + usd(paid.ofThisRun()) + " in this run, " + usd(paid.ofAllRuns())
                + " in all runs, by Google's list prices";
        Path report = writeReport(made, all.size() + products.failures().size(), failures, stopped, cost);
        out.println();
        out.printf("%d of %d products have a picture: %s%n", made, all.size(), catalogue);
        out.println("Cost: " + cost);
        if (stopped != null) {
            out.println("Stopped early: " + stopped + ". Run it again to continue.");
        } else {
            String title = all.size() + " products";
            Path sheet = new ContactSheet(catalogue).write(all, title, made + " pictures, " + cost);
            out.println("Contact sheet: " + sheet.toUri());
        }
        if (!failures.isEmpty()) {
            out.println(failures.size() + " failed, see " + report);
        }
        return failures.isEmpty() && stopped == null ? 0 : 1;
    }

    private Path writeReport(long made, int lines, List<Failure> failures, String stopped, String cost)
            throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(made).append(" of ").append(lines).append(" products have a picture.\n");
        text.append("Cost: ").append(cost).append(".\n");
        if (stopped != null) {
            text.append("Stopped early: ").append(stopped).append(".\n");
        }
        if (!failures.isEmpty()) {
            text.append("\nThese products have no picture. Fix the cause and run it again:\n");
            failures.forEach(failure -> text.append("\nLine ")
                    .append(failure.line())
                    .append(", ")
                    .append(failure.sku())
                    .append("\n  ")
                    .append(failure.reason())
                    .append("\n"));
        }
        return Files.writeString(catalogue.resolve("report.txt"), text);
    }

    private boolean hasPicture(Product product) {
        return Files.isRegularFile(catalogue.resolve(product.pictureName()));
    }

    private void removeHalfPictures() throws IOException {
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(catalogue, ".*.part")) {
            for (Path half : halves) {
                Files.delete(half);
            }
        }
    }

    /** Since JDK 22 there may be a console that is not a terminal. */
    private static boolean isTerminal() {
        Console console = System.console();
        try {
            return console != null
                    && (Runtime.version().feature() < 22
                            || (boolean) Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static String usd(BigDecimal amount) {
        return "$" + amount.setScale(2, RoundingMode.HALF_UP);
    }
}

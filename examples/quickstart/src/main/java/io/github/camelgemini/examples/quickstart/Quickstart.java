package io.github.camelgemini.examples.quickstart;

import io.github.camelgemini.image.GeminiImageHeaders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/**
 * Sends a folder of prompts and pictures once through the routes of {@code routes/pictures.camel.yaml}, prints the
 * outcomes, and writes a gallery of the pictures. The routes do all the work with pictures.
 */
public final class Quickstart {

    private static final String COMPONENT_OPTION = "camel.component.gemini-image.";
    private static final String OWN_PROMPT = "your-prompt.txt";

    private final Path inputs;
    private final Path pictures;
    private final PrintStream out;

    Quickstart(Path inputs, Path pictures, PrintStream out) {
        this.inputs = inputs.toAbsolutePath().normalize();
        this.pictures = pictures.toAbsolutePath().normalize();
        this.out = out;
    }

    /**
     * Arguments: the folder of inputs, the folder for pictures. The system property {@code prompt} adds an input. Ends
     * the JVM with status 1 when an input failed.
     */
    public static void main(String[] args) throws Exception {
        Quickstart quickstart = new Quickstart(Path.of(args[0]), Path.of(args[1]), System.out);
        int status;
        try (DrawingService service = DrawingService.choose(System.getenv())) {
            Optional<String> prompt = Optional.ofNullable(System.getProperty("prompt"));
            status = quickstart.run(service, prompt);
        }
        // Not for 0: this may run inside Maven, which continues.
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Runs everything; returns the exit status: 0 when every input became a picture, else 1. */
    int run(DrawingService service, Optional<String> prompt) throws IOException, InterruptedException {
        List<String> names = inputNames();
        prompt.ifPresent(own -> names.add(OWN_PROMPT));
        if (names.isEmpty()) {
            out.println("Nothing to do: put a prompt (.txt) or a picture to edit into " + inputs);
            return 1;
        }
        out.println(service.introduction(names.size()));
        out.println();

        Instant start = Instant.now();
        Progress progress = new Progress(names, out);
        Main camel = camel(service, progress);
        // Ctrl-C. Camel's own hook waits for run(), which is not called here.
        camel.setShutdownStrategy(new SimpleMainShutdownStrategy());
        Thread hook = new Thread(camel::stop);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            camel.start();
            prompt.ifPresent(own -> send(own, camel));
            progress.awaitAll();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            out.println("The routes cannot start: " + Reason.of(e));
            return 1;
        } finally {
            camel.stop();
            removeHook(hook);
        }
        int status = report(service, progress.outcomes(), Duration.between(start, Instant.now()));
        progress.hopeless().ifPresent(reason -> out.println("Stopped early: " + reason));
        return progress.hopeless().isPresent() ? 1 : status;
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stoppingAlready) {
            // The hook is already running.
        }
    }

    /** The files that the routes will find: all that are not hidden. */
    private List<String> inputNames() throws IOException {
        if (!Files.isDirectory(inputs)) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.list(inputs)) {
            return new ArrayList<>(files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList());
        }
    }

    private Main camel(DrawingService service, Progress progress) {
        Main camel = new Main();
        camel.addInitialProperty("inputs", inputs.toString());
        camel.addInitialProperty("pictures", pictures.toString());
        service.options().forEach((option, value) -> camel.addInitialProperty(COMPONENT_OPTION + option, value));
        camel.bind("progress", progress);
        return camel;
    }

    private static void send(String prompt, Main camel) {
        camel.getCamelContext().createProducerTemplate().send("direct:prompt", exchange -> {
            exchange.getMessage().setHeader(GeminiImageHeaders.PROMPT, prompt);
            exchange.getMessage().setHeader(Exchange.FILE_NAME, OWN_PROMPT);
            exchange.getMessage().setHeader(Exchange.FILE_NAME_CONSUMED, OWN_PROMPT);
        });
    }

    private int report(DrawingService service, List<Outcome> outcomes, Duration time) throws IOException {
        List<Outcome.Picture> made = select(outcomes, Outcome.Picture.class);
        List<Outcome.Failure> failed = select(outcomes, Outcome.Failure.class);
        double cost = made.stream().mapToDouble(Outcome.Picture::cost).sum();
        Path gallery = new Gallery(pictures).write(made, failed, service.bill(cost));

        out.println();
        out.printf(
                Locale.ROOT, "%s in %.1f s: %s%n", count(made.size(), "picture"), time.toMillis() / 1000.0, pictures);
        out.println("Gallery: " + gallery.toUri());
        out.println(service.bill(cost));
        if (!failed.isEmpty()) {
            out.printf("%s of %s failed. The reasons are above.%n", failed.size(), count(outcomes.size(), "input"));
        }
        return failed.isEmpty() ? 0 : 1;
    }

    private static <T> List<T> select(List<Outcome> outcomes, Class<T> type) {
        return outcomes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}

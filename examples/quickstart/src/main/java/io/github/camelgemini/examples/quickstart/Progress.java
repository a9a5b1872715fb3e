package io.github.camelgemini.examples.quickstart;

import io.github.camelgemini.examples.quickstart.Outcome.Failure;
import io.github.camelgemini.examples.quickstart.Outcome.Picture;
import io.github.camelgemini.image.GeminiImageHeaders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Listens to Camel: prints a line for each finished input, and knows when all are finished. The routes do not depend on
 * it.
 */
final class Progress extends EventNotifierSupport {

    private final PrintStream out;
    private final int nameWidth;
    private final CountDownLatch open;
    private final Map<String, Outcome> outcomes = new TreeMap<>();
    private String hopeless;

    Progress(Collection<String> inputs, PrintStream out) {
        this.out = out;
        this.nameWidth = inputs.stream().mapToInt(String::length).max().orElse(0);
        this.open = new CountDownLatch(inputs.size());
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeCompletedEvent || event instanceof ExchangeFailedEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        Exchange exchange = ((CamelEvent.ExchangeEvent) event).getExchange();
        Outcome outcome = outcome(exchange);
        synchronized (outcomes) {
            if (hopeless != null) {
                return;
            }
            if (Reason.concernsAll(exchange.getException())) {
                hopeless = Reason.of(exchange.getException());
                while (open.getCount() > 0) {
                    open.countDown();
                }
                return;
            }
            outcomes.put(outcome.input(), outcome);
            out.println(line(outcome));
        }
        open.countDown();
    }

    /**
     * Waits until every input is finished, or one has failed for a reason that applies to all. The component's
     * requestTimeout limits the wait.
     */
    void awaitAll() throws InterruptedException {
        open.await();
    }

    /** Why the other inputs would fail too; empty if there is no such reason. */
    Optional<String> hopeless() {
        synchronized (outcomes) {
            return Optional.ofNullable(hopeless);
        }
    }

    /** By name of the input. */
    List<Outcome> outcomes() {
        synchronized (outcomes) {
            return List.copyOf(outcomes.values());
        }
    }

    private static Outcome outcome(Exchange exchange) {
        // The original name; CamelFileName is now that of the picture.
        String input = exchange.getMessage().getHeader(Exchange.FILE_NAME_CONSUMED, String.class);
        if (exchange.getException() != null) {
            return new Failure(input, Reason.of(exchange.getException()));
        }
        String produced = exchange.getMessage().getHeader(Exchange.FILE_NAME_PRODUCED, String.class);
        if (produced == null) {
            return new Failure(input, "the route wrote no picture");
        }
        try {
            return picture(input, Path.of(produced), exchange);
        } catch (IOException e) {
            return new Failure(input, Reason.of(e));
        }
    }

    private static Picture picture(String input, Path file, Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        Optional<Path> source = Optional.ofNullable(message.getHeader("CamelFileAbsolutePath", String.class))
                .map(Path::of);
        String instruction = message.getHeader(GeminiImageHeaders.PROMPT, String.class);
        return new Picture(
                input,
                instruction != null ? instruction : Files.readString(source.orElseThrow()),
                instruction != null ? source : Optional.empty(),
                file,
                message.getHeader(GeminiImageHeaders.WIDTH, int.class),
                message.getHeader(GeminiImageHeaders.HEIGHT, int.class),
                Files.size(file),
                message.getHeader(GeminiImageHeaders.RESPONSE_MODEL, String.class),
                message.getHeader(GeminiImageHeaders.TOTAL_TOKENS, 0, int.class),
                message.getHeader(GeminiImageHeaders.ESTIMATED_COST, 0.0, double.class),
                Duration.ofMillis(exchange.getClock().elapsed()));
    }

    private String line(Outcome outcome) {
        String name = String.format("  %-" + nameWidth + "s  ", outcome.input());
        if (outcome instanceof Picture picture) {
            return name
                    + String.format(
                            Locale.ROOT,
                            "%11s  %5d kB  %5.1f s",
                            picture.width() + "x" + picture.height(),
                            picture.bytes() / 1000,
                            picture.time().toMillis() / 1000.0);
        }
        return name + "FAILED: " + ((Failure) outcome).reason();
    }
}

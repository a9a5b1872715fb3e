package io.github.camelgemini.benchmarks;

import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import io.github.camelgemini.image.GeminiImageHeaders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Runs a batch in a JVM with a given heap: writes its results from the socket into files, with the component or by
 * hand.
 */
final class BatchTrial {

    private BatchTrial() {}

    /** How the results are written. */
    enum Way {
        /** By the component, which stores delivered keys in the heap. */
        IN_HEAP,
        /** By the component, which stores delivered keys in a folder. */
        IN_FOLDER,
        /** By hand: a socket, lines, {@link Base64} and files. */
        BY_HAND
    }

    /**
     * Arguments: way, number of requests, base URL, directory. Prints seconds of the submission, seconds of the
     * results, seconds of processor time for the results, peak heap in megabytes, and number of files.
     */
    public static void main(String[] args) throws Exception {
        Way way = Way.valueOf(args[0]);
        int requests = Integer.parseInt(args[1]);
        Path directory = Path.of(args[3]);
        Path pictures = Files.createDirectories(directory.resolve("pictures"));
        Times times =
                way == Way.BY_HAND ? byHand(args[2], pictures) : byRoute(way, requests, args[2], directory, pictures);
        try (var files = Files.list(pictures)) {
            System.out.printf(
                    Locale.ROOT,
                    "%.2f %.2f %.2f %d %d%n",
                    times.submission(),
                    times.results(),
                    times.processor(),
                    peakHeapMegabytes(),
                    files.count());
        }
        System.exit(0);
    }

    private record Times(double submission, double results, double processor) {}

    private static Times byHand(String baseUrl, Path pictures) throws IOException {
        double processor = ProcessorTime.millis();
        long start = System.nanoTime();
        URI download = URI.create(baseUrl + "/download/v1beta/files/out:download?alt=media");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(download.toURL().openStream(), StandardCharsets.ISO_8859_1), 1 << 16)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String key = between(line, "\"key\":\"");
                Files.write(pictures.resolve(key + ".jpg"), Base64.getDecoder().decode(between(line, "\"data\":\"")));
            }
        }
        return new Times(0, seconds(start), (ProcessorTime.millis() - processor) / 1000);
    }

    private static String between(String line, String before) {
        int from = line.indexOf(before) + before.length();
        return line.substring(from, line.indexOf('"', from));
    }

    private static Times byRoute(Way way, int requests, String baseUrl, Path directory, Path pictures)
            throws Exception {
        CountDownLatch delivered = new CountDownLatch(requests);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            GeminiImageConfiguration options = context.getComponent("gemini-image", GeminiImageComponent.class)
                    .getConfiguration();
            options.setBaseUrl(baseUrl);
            options.setApiKey(Setting.KEY);
            options.setSpoolDirectory(directory.toString());
            if (way == Way.IN_FOLDER) {
                options.setBatchFolder(directory.resolve("batches").toString());
            }
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:submit").to("gemini-image:batch");
                    from("gemini-image:batchResults?initialDelay=0&delay=100")
                            .routeId("results")
                            .autoStartup(false)
                            .to("file:" + pictures + "?fileName=${header." + GeminiImageHeaders.BATCH_KEY + "}.jpg")
                            .process(exchange -> delivered.countDown());
                }
            });
            context.start();
            long start = System.nanoTime();
            Iterator<String> prompts = IntStream.rangeClosed(1, requests)
                    .mapToObj(i -> "product " + i + " on a white ground")
                    .iterator();
            try (ProducerTemplate template = context.createProducerTemplate()) {
                template.requestBody("direct:submit", prompts);
            }
            double submission = seconds(start);
            double processor = ProcessorTime.millis();
            start = System.nanoTime();
            context.getRouteController().startRoute("results");
            delivered.await();
            return new Times(submission, seconds(start), (ProcessorTime.millis() - processor) / 1000);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static long peakHeapMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                >> 20;
    }
}

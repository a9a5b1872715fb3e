package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Page, dashboard and alerts name the meters that there are. */
class MetersTest {

    private static final Path SITE = Path.of(System.getProperty("docs.site"));
    private static final Set<String> WORDS_OF_QUERIES =
            Set.of("sum", "max", "by", "rate", "increase", "le", "histogram_quantile", "label_values");

    @Test
    void tableOfTheOperationsPageIsWhatIsRegistered() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        draw(registry);

        Map<String, String> registered = new TreeMap<>();
        registry.getMeters().stream()
                // How this registry, which has no histograms, shows buckets.
                .filter(meter -> !meter.getId().getName().endsWith(".histogram"))
                .forEach(meter -> registered.put(meter.getId().getName(), describe(meter)));
        assertThat(ofPage()).isEqualTo(registered);
    }

    private static String describe(Meter meter) {
        String type =
                switch (meter.getId().getType()) {
                    case DISTRIBUTION_SUMMARY -> "summary";
                    default -> meter.getId().getType().name().toLowerCase(Locale.ROOT);
                };
        String tags = meter.getId().getTags().stream()
                .map(Tag::getKey)
                .filter(key -> !key.equals("camelContext"))
                .sorted()
                .collect(Collectors.joining(" "));
        String unit = meter.getId().getBaseUnit();
        return type + " | " + tags + " | " + (unit == null ? "" : unit);
    }

    private static Map<String, String> ofPage() throws IOException {
        Map<String, String> meters = new TreeMap<>();
        Document page = Jsoup.parse(SITE.resolve("operations.html").toFile());
        for (Element row : page.select("#meters tbody tr")) {
            List<Element> cells = row.select("td");
            meters.put(
                    cells.get(0).text(),
                    cells.get(1).text() + " | " + cells.get(2).text() + " | "
                            + cells.get(3).text());
        }
        return meters;
    }

    @Test
    void queriesOfTheDashboardFindTheirSeries() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(SITE.resolve("gemini-image-dashboard.json").toFile());
        List<String> queries = dashboard.findValuesAsText("expr");
        queries.addAll(dashboard.path("templating").findValuesAsText("query"));
        queries.remove("prometheus");

        assertThat(queries).hasSizeGreaterThan(15);
        findTheirSeries(queries);
    }

    @Test
    void alertsFindTheirSeries() throws Exception {
        String alerts = Files.readString(SITE.resolve("gemini-image-alerts.yaml"));
        List<String> queries = new ArrayList<>();
        Matcher expressions =
                Pattern.compile("(?m)expr: ?(>\\n((?: {10}.*\\n)+)|.*\\n)").matcher(alerts);
        while (expressions.find()) {
            queries.add(expressions.group(1));
        }

        assertThat(queries).hasSize(8);
        findTheirSeries(queries);
    }

    /** Each selector has a series, and that has the labels by which it is chosen and summed up. */
    private static void findTheirSeries(List<String> queries) throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        draw(registry);
        Map<String, Set<String>> series = series(registry.scrape());

        for (String query : queries) {
            String bare = query.replaceAll("\"[^\"]*\"", "\"\"");
            Set<String> names = new TreeSet<>();
            Set<String> labels = new TreeSet<>();
            Matcher words =
                    Pattern.compile("(?<![$\\w])[a-zA-Z_][a-zA-Z_]+\\w*").matcher(bare);
            while (words.find()) {
                String word = words.group();
                if (series.containsKey(word)) {
                    names.add(word);
                } else if (!WORDS_OF_QUERIES.contains(word)) {
                    labels.add(word);
                }
            }
            assertThat(names).as(query).isNotEmpty();
            assertThat(names)
                    .allSatisfy(name -> assertThat(series.get(name)).as(query).containsAll(labels));
        }
    }

    private static Map<String, Set<String>> series(String scrape) {
        Map<String, Set<String>> series = new TreeMap<>();
        Matcher samples = Pattern.compile("(?m)^(\\w+)\\{(.*)} \\S+$").matcher(scrape);
        while (samples.find()) {
            Set<String> labels = series.computeIfAbsent(samples.group(1), name -> new TreeSet<>());
            Matcher names = Pattern.compile("(\\w+)=\"[^\"]*\"").matcher(samples.group(2));
            while (names.find()) {
                labels.add(names.group(1));
            }
        }
        return series;
    }

    /** A picture of a picture, after a refusal and an answer in words. */
    private static void draw(MeterRegistry registry) throws Exception {
        try (GeminiEmulator emulator = GeminiEmulator.builder().start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("metricsRegistry", registry);
            GeminiImageConfiguration options = context.getComponent("gemini-image", GeminiImageComponent.class)
                    .getConfiguration();
            options.setBaseUrl(emulator.baseUrl());
            options.setApiKey("any-key");
            options.setRetryInitialDelay(1);
            RouteBuilder.addRoutes(
                    context, routes -> routes.from("gemini-image:batchResults").to("direct:pictures"));
            context.start();
            emulator.next(Fault.rateLimited(Duration.ofMillis(1)));
            ProducerTemplate template = context.createProducerTemplate();
            byte[] picture = template.requestBody("gemini-image:generate", "a cat", byte[].class);
            template.requestBody("gemini-image:edit?prompt=brighter", picture, byte[].class);
            emulator.next(Fault.textOnly("Which cat?"));
            template.requestBody("gemini-image:generate?failOnBlocked=false", "a cat");
        }
    }
}

package io.github.camelgemini.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.backend.ServiceCheck;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.connection.Services;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.request.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** The tables of the page Services are what the services say of themselves. */
class ServicesPageTest {

    private static final Path PAGE = Path.of("src/docs/asciidoc/_services.adoc");
    private static final Path WRITTEN = Path.of("target/services.adoc");
    private static final String YES = "yes";
    private static final String NO = "–";

    private final List<ServiceTraits> services = services();
    private final StringBuilder page = new StringBuilder();

    private static List<ServiceTraits> services() {
        ModelCatalog catalog = ModelCatalog.standard();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return new Services(context, catalog.services()).traits();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tablesAreWhatTheServicesSay() throws IOException {
        page.append("// Written by ServicesPageTest: what the services say of themselves.\n");
        table("What each service is", this::facts);
        table("What each service can be asked for", this::abilities);
        table("Which parameters each service takes", this::parameters);
        Files.createDirectories(WRITTEN.getParent());
        Files.writeString(WRITTEN, page);

        assertThat(page)
                .as("The tables are not what the services say. If it is right: cp docs/target/services.adoc docs/"
                        + PAGE)
                .hasToString(Files.exists(PAGE) ? Files.readString(PAGE) : "");
    }

    private void table(String title, Runnable rows) {
        page.append("\n.").append(title).append("\n[cols=\"2").append(",1".repeat(services.size()));
        page.append("\",options=\"header\"]\n|===\n|");
        page.append(services.stream().map(traits -> " |" + traits.title()).collect(joining()))
                .append("\n");
        rows.run();
        page.append("|===\n");
    }

    private void row(String name, Function<ServiceTraits, String> cell) {
        page.append("\n|").append(name).append("\n");
        services.forEach(traits -> page.append("|").append(cell.apply(traits)).append("\n"));
    }

    private void facts() {
        row("`service`", traits -> code(traits.service()));
        row("Server", traits -> traits.baseUrl() == null ? "by `location`" : code(traits.baseUrl()));
        row("Environment variables of the key", traits -> traits.keyVariables().stream()
                .map(ServicesPageTest::code)
                .collect(joining(", ")));
        row("Connection options of its own", traits -> traits.options().stream()
                .sorted()
                .map(ServicesPageTest::code)
                .collect(joining(", ")));
        row("Reference images", ServicesPageTest::references);
        row("Name in telemetry", traits -> code(traits.provider()));
        row("Emulator", traits -> traits.emulatorPath() == null ? NO : code(traits.emulatorPath() + "/"));
    }

    private static String references(ServiceTraits traits) {
        ServiceTraits.References references = traits.references();
        String ways = Stream.of(ServiceTraits.Way.values())
                .filter(references.ways()::contains)
                .map(way -> switch (way) {
                    case INLINE -> "in the request";
                    case BY_URL -> "by URL";
                    case STORED -> "by name in its storage";
                })
                .collect(joining(", "));
        return ways + (references.most() == Integer.MAX_VALUE ? "" : "; at most " + references.most());
    }

    private void abilities() {
        row("`generate`, `edit`", traits -> can(traits, ServiceTraits.Ability.GENERATE));
        row("`chat`", traits -> can(traits, ServiceTraits.Ability.CHAT));
        row("`countTokens`", traits -> can(traits, ServiceTraits.Ability.COUNT_TOKENS));
        row("`models`", traits -> can(traits, ServiceTraits.Ability.MODELS));
        row(
                "`batch`, `batchRetrieve`, `batchList`, `batchCancel`, `batchResults`",
                traits -> can(traits, ServiceTraits.Ability.BATCH));
        row("`webhook`, `webhookPath`", traits -> can(traits, ServiceTraits.Ability.WEBHOOK));
    }

    private static String can(ServiceTraits traits, ServiceTraits.Ability ability) {
        return traits.can(ability) ? YES : NO;
    }

    private void parameters() {
        Set<String> others = new TreeSet<>();
        services.forEach(traits -> others.addAll(traits.parameters()));
        for (Parameter<?> parameter : Parameter.ALL) {
            String name = parameter.optionName();
            others.remove(name);
            boolean ofComponent = ServiceCheck.OF_THE_COMPONENT.contains(name);
            row(code(name), traits -> ofComponent || traits.parameters().contains(name) ? YES : NO);
        }
        others.forEach(name -> row(code(name), traits -> traits.parameters().contains(name) ? YES : NO));
    }

    private static String code(String text) {
        return "`+" + text + "+`";
    }
}

package io.github.camelgemini.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs all benchmarks, and writes the results that the documentation includes; see {@code benchmarks/README.md}. */
@Command(name = "benchmarks", mixinStandardHelpOptions = true, sortOptions = false)
public final class BenchmarkCommand implements Callable<Integer> {

    private static final String PAGE = "_performance-results.adoc";

    @Option(names = "--docs", required = true, description = "Directory to write " + PAGE + " to")
    private Path docs;

    @Option(names = "--work", required = true, description = "Directory for pictures and the output of JMH")
    private Path work;

    @Option(
            names = "--effort",
            defaultValue = "NORMAL",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Effort effort;

    @Option(
            names = "--only",
            split = ",",
            description = "Workloads to measure, of ${COMPLETION-CANDIDATES}; prints, and leaves the page as it is")
    private Set<Workload> only = Set.of();

    BenchmarkCommand() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchmarkCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(work);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Set<Workload> workloads = only.isEmpty() ? EnumSet.allOf(Workload.class) : EnumSet.copyOf(only);
        Results results;
        try (EmulatorProcess emulator = EmulatorProcess.start()) {
            results = new Measuring(emulator, work, effort, System.out::println).run(workloads);
        }
        System.out.println();
        for (Target target : Target.check(results)) {
            System.out.printf(
                    "%-6s %s: %s (%s)%n",
                    target.met() ? "met" : "MISSED", target.what(), target.value(), target.wanted());
        }
        Path page = (only.isEmpty() && effort != Effort.TRIAL ? docs : work).resolve(PAGE);
        Files.writeString(page, new ResultsPage(results).text(circumstances(load)));
        System.out.println("\nWritten: " + page.normalize());
        return CommandLine.ExitCode.OK;
    }

    private List<String> circumstances(double load) throws IOException {
        Properties versions = new Properties();
        try (InputStream in = BenchmarkCommand.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        }
        return List.of(
                "*When*: " + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")),
                "*Machine*: " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                        + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                String.format(Locale.ROOT, "*Load average before*: %.1f; elapsed times are reliable only near 0", load),
                "*Java*: " + System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vm.name"),
                "*Libraries*: Camel " + versions.getProperty("camel") + ", google-genai "
                        + versions.getProperty("google-genai") + ", LangChain4j " + versions.getProperty("langchain4j")
                        + ", Jackson " + versions.getProperty("jackson"),
                "*Command*: as in `benchmarks/README.md`, effort " + effort);
    }

    private static String processor() throws IOException {
        Path linux = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(linux)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(linux)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}

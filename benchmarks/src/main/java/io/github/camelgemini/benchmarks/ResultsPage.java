package io.github.camelgemini.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The results as AsciiDoc, to be included in a page. */
final class ResultsPage {

    private final Results results;

    ResultsPage(Results results) {
        this.results = results;
    }

    /** @param circumstances when, on what and how, line by line */
    String text(List<String> circumstances) {
        StringBuilder page = new StringBuilder("// Written by the benchmarks, see benchmarks/README.md.\n\n");
        circumstances.forEach(line -> page.append(line).append(" +\n"));
        page.append('\n').append(targets());
        page.append(table("Time of one operation", "times", m -> time(m) + " +\n" + ratio(m, Measurement::millis)));
        page.append(table("Heap allocated in one operation", "allocation", this::allocation));
        page.append(table("Smallest -Xmx", "heap", ResultsPage::heap));
        return page.toString();
    }

    private String targets() {
        StringBuilder table = new StringBuilder("=== Targets\n\n[cols=\"4,4,3,1\",options=\"header\"]\n|===\n");
        table.append("|What |Target |Measured |\n\n");
        for (Target target : Target.check(results)) {
            table.append('|').append(target.what());
            table.append("\n|").append(target.wanted());
            table.append("\n|").append(target.value());
            table.append("\n|").append(target.met() ? "met" : "*missed*").append("\n\n");
        }
        return table.append("|===\n\n").toString();
    }

    private String table(String title, String id, Function<Measurement, String> cell) {
        List<Contestant> contestants = results.contestants();
        StringBuilder table = new StringBuilder("[#" + id + "]\n=== " + title + "\n\n");
        table.append("[cols=\"3").append(",2".repeat(contestants.size())).append("\",options=\"header\"]\n|===\n|");
        contestants.forEach(
                c -> table.append(" |(").append(c.letter()).append(") ").append(c.title()));
        table.append("\n\n");
        for (Workload workload : results.workloads()) {
            table.append('|').append(workload.title()).append('\n');
            for (Contestant contestant : contestants) {
                Optional<Measurement> measured = results.of(contestant, workload);
                table.append('|')
                        .append(measured.map(m -> m.failure().orElseGet(() -> cell.apply(m)))
                                .orElse("–"))
                        .append('\n');
            }
            table.append('\n');
        }
        return table.append("|===\n\n").toString();
    }

    private static String time(Measurement m) {
        return m.millis() < 1000 ? significant(m.millis()) + " ms" : significant(m.millis() / 1000) + " s";
    }

    private String allocation(Measurement m) {
        String bytes = m.allocated() < 1e6
                ? significant(m.allocated() / 1e3) + " KB"
                : significant(m.allocated() / 1e6) + " MB";
        String perByte = m.workload().pictureBytes() == 0
                ? ""
                : " +\n" + String.format(Locale.ROOT, m.allocatedPerByte() < 1 ? "%.4f" : "%.1f", m.allocatedPerByte())
                        + " a byte";
        return bytes + perByte + " +\n" + ratio(m, Measurement::allocated);
    }

    private static String heap(Measurement m) {
        return m.heapMegabytes().isPresent() ? m.heapMegabytes().getAsInt() + " MB" : "–";
    }

    /** To the component. */
    private String ratio(Measurement m, Function<Measurement, Double> value) {
        return results.success(Contestant.COMPONENT, m.workload())
                .map(component -> "×{nbsp}" + significant(value.apply(m) / value.apply(component)))
                .orElse("");
    }

    private static String significant(double number) {
        int decimals = number >= 100 ? 0 : number >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}

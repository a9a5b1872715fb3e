package io.github.camelgemini.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

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
        targets(page);
        results.workloads().forEach(workload -> workload(page, workload));
        return page.toString();
    }

    private void targets(StringBuilder page) {
        page.append("\n=== Targets\n\n[cols=\"5,5,3,2\",options=\"header\"]\n|===\n|What |Target |Measured |\n");
        for (Target target : Target.check(results)) {
            String verdict = target.met() ? "met" : "*missed*";
            row(page, List.of(target.what(), target.wanted(), target.value(), verdict));
        }
        page.append("|===\n");
    }

    private void workload(StringBuilder page, Workload workload) {
        page.append("\n=== ").append(capitalized(workload.title()));
        page.append("\n\n[cols=\"6,3,2,3,3,2,3\",options=\"header\"]\n|===\n");
        page.append("| |Time |× |Heap allocated |a byte |× |Smallest -Xmx\n");
        for (Contestant contestant : results.contestants()) {
            results.of(contestant, workload).ifPresent(measurement -> measurement(page, measurement));
        }
        page.append("|===\n");
    }

    private void measurement(StringBuilder page, Measurement m) {
        String name = "(" + m.contestant().letter() + ") " + m.contestant().title();
        if (m.failure().isPresent()) {
            page.append("\n|")
                    .append(name)
                    .append("\n6+|fails: ")
                    .append(m.failure().get());
            page.append('\n');
            return;
        }
        row(
                page,
                List.of(
                        name,
                        time(m.millis()),
                        ratio(m, Measurement::millis),
                        bytes(m.allocated()),
                        perByte(m),
                        ratio(m, Measurement::allocated),
                        m.heapMegabytes().isPresent() ? m.heapMegabytes().getAsInt() + " MB" : "–"));
    }

    private static void row(StringBuilder page, List<String> cells) {
        page.append('\n');
        cells.forEach(cell -> page.append('|').append(cell).append('\n'));
    }

    private static String time(double millis) {
        return millis < 1000 ? significant(millis) + " ms" : significant(millis / 1000) + " s";
    }

    private static String bytes(double bytes) {
        return bytes < 1e6 ? significant(bytes / 1e3) + " KB" : significant(bytes / 1e6) + " MB";
    }

    private static String perByte(Measurement m) {
        if (m.workload().pictureBytes() == 0) {
            return "–";
        }
        return String.format(Locale.ROOT, m.allocatedPerByte() < 1 ? "%.4f" : "%.1f", m.allocatedPerByte());
    }

    /** To the component. */
    private String ratio(Measurement m, ToDoubleFunction<Measurement> value) {
        return results.success(Contestant.COMPONENT, m.workload())
                .map(component -> significant(value.applyAsDouble(m) / value.applyAsDouble(component)))
                .orElse("–");
    }

    private static String significant(double number) {
        int decimals = number >= 100 ? 0 : number >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}

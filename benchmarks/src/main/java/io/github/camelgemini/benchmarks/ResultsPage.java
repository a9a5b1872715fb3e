package io.github.camelgemini.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Writes the results as AsciiDoc, for inclusion in a page. */
final class ResultsPage {

    private final Results results;

    ResultsPage(Results results) {
        this.results = results;
    }

    /**
     * @param circumstances date, machine and method, line by line
     */
    String text(List<String> circumstances) {
        StringBuilder page = new StringBuilder("// Written by the benchmarks, see benchmarks/README.md.\n\n");
        circumstances.forEach(line -> page.append("* ").append(line).append('\n'));
        targets(page);
        for (Workload workload : results.workloads()) {
            page.append("\n=== ").append(capitalized(workload.title()));
            if (workload.sustained()) {
                sustained(page, workload);
            } else {
                workload(page, workload);
            }
            page.append("|===\n");
        }
        return page.toString();
    }

    private void targets(StringBuilder page) {
        page.append(
                "\n=== Targets\n\n[cols=\"6,2,5,3,2\",options=\"header\"]\n|===\n|What |Before |Target |Measured |\n");
        for (Target target : Target.check(results)) {
            String verdict = target.met() ? "met" : "*missed*";
            row(page, List.of(target.what(), target.before(), target.wanted(), target.value(), verdict));
        }
        page.append("|===\n");
    }

    private void workload(StringBuilder page, Workload workload) {
        page.append("\n\n[cols=\"6,3,2,3,2,3,3,3\",options=\"header\"]\n|===\n");
        page.append("| |Time |× |Processor time |× |Heap allocated |a byte |Smallest -Xmx\n");
        for (Contestant contestant : results.contestants()) {
            results.of(contestant, workload).ifPresent(measurement -> measurement(page, measurement));
        }
    }

    private void sustained(StringBuilder page, Workload workload) {
        page.append("\n\n[cols=\"6,2,3,2,3,2,3,2\",options=\"header\"]\n|===\n");
        page.append("| |-Xmx |Pictures a second |× |Processor time a picture |× |Peak resident |Lost\n");
        Optional<SustainedMeasurement> usual = results.sustained(Contestant.COMPONENT, workload, SustainedWork.USUAL)
                .filter(m -> m.failure().isEmpty());
        for (SustainedMeasurement m : results.sustained()) {
            if (m.workload() == workload) {
                sustained(page, m, usual);
            }
        }
    }

    private static void sustained(
            StringBuilder page, SustainedMeasurement m, Optional<SustainedMeasurement> component) {
        if (m.failure().isPresent()) {
            page.append("\n|")
                    .append(name(m.contestant()))
                    .append("\n|")
                    .append(m.heapMegabytes())
                    .append(" MB\n6+|fails: ")
                    .append(m.failure().get())
                    .append('\n');
            return;
        }
        row(
                page,
                List.of(
                        name(m.contestant()),
                        m.heapMegabytes() + " MB",
                        significant(m.perSecond()),
                        component
                                .map(a -> significant(m.perSecond() / a.perSecond()))
                                .orElse("–"),
                        time(m.processorMillis()),
                        component
                                .map(a -> significant(m.processorMillis() / a.processorMillis()))
                                .orElse("–"),
                        m.residentMegabytes() == 0 ? "–" : m.residentMegabytes() + " MB",
                        String.valueOf(m.lost())));
    }

    private void measurement(StringBuilder page, Measurement m) {
        String name = name(m.contestant());
        if (m.failure().isPresent()) {
            page.append("\n|")
                    .append(name)
                    .append("\n7+|fails: ")
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
                        time(m.processorMillis()),
                        ratio(m, Measurement::processorMillis),
                        bytes(m.allocated()),
                        perByte(m),
                        m.heapMegabytes().isPresent() ? m.heapMegabytes().getAsInt() + " MB" : "–"));
    }

    private static String name(Contestant contestant) {
        return "(" + contestant.letter() + ") " + contestant.title();
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

    /** The ratio to the component's value. */
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

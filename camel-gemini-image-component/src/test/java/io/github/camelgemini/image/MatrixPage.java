package io.github.camelgemini.image;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the page of the fault matrix in AsciiDoc, from the results. */
final class MatrixPage {

    /**
     * The result of a call.
     *
     * @param says the part of the message that was looked for
     */
    record Cell(MatrixOutcome outcome, String says) {

        String row(MatrixCall call) {
            String failure = outcome.isPicture() ? "the picture" : "`" + outcome.failure() + "`";
            return String.join("\n|", failure, String.valueOf(1 + outcome.callsMore(call)), escaped(says));
        }

        private static String escaped(String text) {
            return text.isEmpty() ? "" : "`+" + text.replace("|", "\\|") + "+`";
        }
    }

    private final Map<MatrixRow, Map<MatrixCall, Cell>> cells = new LinkedHashMap<>();

    void add(MatrixRow row, MatrixCall call, Cell cell) {
        cells.computeIfAbsent(row, any -> new LinkedHashMap<>()).put(call, cell);
    }

    boolean isComplete(List<MatrixRow> rows) {
        return rows.stream().allMatch(row -> cells.getOrDefault(row, Map.of())
                .keySet()
                .equals(row.expected().keySet()));
    }

    String text(List<MatrixRow> rows) {
        StringBuilder page = new StringBuilder("// Written by FaultMatrixTest: what happened in its last run.\n");
        for (MatrixRow.Place place : MatrixRow.Place.values()) {
            page.append("\n.").append(place.title).append("\n[cols=\"4,2,4,1,6\",options=\"header\"]\n|===\n");
            page.append("|Fault |Calls |Outcome |Attempts |The message says\n");
            rows.stream().filter(row -> row.place() == place).forEach(row -> append(row, page));
            page.append("|===\n");
        }
        return page.toString();
    }

    private void append(MatrixRow row, StringBuilder page) {
        Map<String, List<MatrixCall>> same = new LinkedHashMap<>();
        cells.get(row).forEach((call, cell) -> same.computeIfAbsent(cell.row(call), any -> new ArrayList<>())
                .add(call));
        same.forEach((text, calls) -> {
            String of = calls.size() == row.service().calls().size()
                    ? "all"
                    : calls.stream().map(call -> "`" + call + "`").collect(joining(", "));
            page.append("\n|")
                    .append(row)
                    .append("\n|")
                    .append(of)
                    .append("\n|")
                    .append(text)
                    .append("\n");
        });
    }
}

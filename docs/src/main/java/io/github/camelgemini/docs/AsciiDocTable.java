package io.github.camelgemini.docs;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes an AsciiDoc table, row by row. */
final class AsciiDocTable {

    private final StringBuilder text = new StringBuilder();

    /**
     * Begins a table.
     *
     * @param columns widths in AsciiDoc's notation, such as {@code 3,6,2}
     * @param titles of the columns
     */
    AsciiDocTable(String columns, String... titles) {
        text.append("[cols=\"").append(columns).append("\",options=\"header\"]\n|===\n");
        text.append(Arrays.stream(titles).map(title -> "|" + title).collect(Collectors.joining(" ")));
        text.append("\n\n");
    }

    /** Adds a row. Cells are AsciiDoc; apply {@link #literal} or {@link #code} to other text first. */
    AsciiDocTable row(String... cells) {
        Arrays.stream(cells).forEach(cell -> text.append('|').append(cell).append('\n'));
        text.append('\n');
        return this;
    }

    /** Text that AsciiDoc must not interpret, whatever characters it contains. */
    static String literal(String plain) {
        return plain.isEmpty() ? "" : "pass:c[" + plain.replace("]", "\\]").replace("|", "\\|") + "]";
    }

    /** The same as code. */
    static String code(String plain) {
        return plain.isEmpty() ? "" : "`" + literal(plain) + "`";
    }

    @Override
    public String toString() {
        return text + "|===\n";
    }
}

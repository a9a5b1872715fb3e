package io.github.camelgemini.docs;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes a table in AsciiDoc, a row at a time. */
final class AsciiDocTable {

    private final StringBuilder text = new StringBuilder();

    /**
     * Begins a table.
     *
     * @param columns their widths as AsciiDoc wants them, such as {@code 3,6,2}
     * @param titles of the columns
     */
    AsciiDocTable(String columns, String... titles) {
        text.append("[cols=\"").append(columns).append("\",options=\"header\"]\n|===\n");
        text.append(Arrays.stream(titles).map(title -> "|" + title).collect(Collectors.joining(" ")));
        text.append("\n\n");
    }

    /** Adds a row. Cells are AsciiDoc; what comes from elsewhere goes through {@link #literal} or {@link #code} first. */
    AsciiDocTable row(String... cells) {
        Arrays.stream(cells).forEach(cell -> text.append('|').append(cell).append('\n'));
        text.append('\n');
        return this;
    }

    /** Text that AsciiDoc shall not interpret, whatever signs are in it. */
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

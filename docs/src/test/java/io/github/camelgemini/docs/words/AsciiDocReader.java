package io.github.camelgemini.docs.words;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the paragraphs, headings, items and cells of AsciiDoc. */
final class AsciiDocReader {

    private static final Pattern CODE_BLOCK = Pattern.compile("-{4,}|\\.{4,}|\\+{4,}|/{4,}|```.*");
    private static final Pattern FRAME = Pattern.compile("={4,}|\\*{4,}|_{4,}|--|\\+|'{3,}");
    private static final Pattern NO_PROSE =
            Pattern.compile("//.*|\\[[^\\]]*]|\\.\\S*/\\S*|(include|image|ifdef|ifndef|endif|ifeval|toc)::.*");
    private static final Pattern ATTRIBUTE = Pattern.compile(":([\\w-]+):(.*)");
    private static final Pattern HEADING = Pattern.compile("={1,6} (.*)|\\.(\\w[^/]*)");
    private static final Pattern ITEM = Pattern.compile("\\s*(?:\\*{1,5}|\\.{1,5}|-|\\d+\\.)\\s+(.*)");
    private static final Pattern TERM = Pattern.compile("(.*?[^:]):{2,4}(?:\\s+(.*))?");
    private static final Pattern ADMONITION = Pattern.compile("(?:NOTE|TIP|WARNING|IMPORTANT|CAUTION): (.*)");
    private static final String CELL = "(?<!\\\\)(?:[\\d.+*<>^]*[a-z]?)?\\|";

    private final Prose prose;
    private String codeEnds;
    private boolean table;

    AsciiDocReader(Prose prose) {
        this.prose = prose;
    }

    void read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            line(i + 1, lines.get(i).stripTrailing());
        }
    }

    private void line(int number, String line) {
        if (codeEnds != null) {
            codeEnds = line.equals(codeEnds) ? null : codeEnds;
            return;
        }
        if (CODE_BLOCK.matcher(line).matches()) {
            prose.end();
            codeEnds = line.startsWith("```") ? "```" : line;
        } else if (line.matches("[|,:!]===")) {
            prose.end();
            table = !table;
        } else if (line.isBlank()
                || FRAME.matcher(line).matches()
                || NO_PROSE.matcher(line).matches()) {
            prose.end();
        } else if (ATTRIBUTE.matcher(line).matches()) {
            prose.end();
            if (line.startsWith(":description:")) {
                alone(number, line.substring(":description:".length()));
            }
        } else if (table && line.contains("|")) {
            cells(number, line);
        } else {
            text(number, line);
        }
    }

    private void cells(int number, String line) {
        String[] cells = line.split(CELL, -1);
        // What comes before the first mark goes on with the cell of the line before.
        if (!cells[0].isBlank()) {
            prose.add(number, cells[0]);
        }
        for (int i = 1; i < cells.length; i++) {
            prose.end();
            prose.add(number, cells[i]);
        }
    }

    private void text(int number, String line) {
        Matcher heading = HEADING.matcher(line);
        Matcher item = ITEM.matcher(line);
        Matcher term = TERM.matcher(line);
        Matcher admonition = ADMONITION.matcher(line);
        if (heading.matches()) {
            alone(number, heading.group(1) != null ? heading.group(1) : heading.group(2));
        } else if (item.matches()) {
            prose.end();
            prose.add(number, item.group(1));
        } else if (term.matches()) {
            alone(number, term.group(1));
            prose.add(number, term.group(2) == null ? "" : term.group(2));
        } else if (admonition.matches()) {
            prose.end();
            prose.add(number, admonition.group(1));
        } else {
            prose.add(number, line.endsWith(" +") ? line.substring(0, line.length() - 2) : line);
        }
    }

    private void alone(int number, String text) {
        prose.end();
        prose.add(number, text);
        prose.end();
    }
}

package io.github.camelgemini.docs.words;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the paragraphs, headings, items and cells of Markdown. */
final class MarkdownReader {

    private static final Pattern FENCE = Pattern.compile("\\s*```.*");
    private static final Pattern HEADING = Pattern.compile("#{1,6} (.*)");
    private static final Pattern ITEM = Pattern.compile("\\s*(?:[*-]|\\d+\\.)\\s+(.*)");
    private static final Pattern NO_PROSE = Pattern.compile("\\s*(?:---+|===+|\\|[\\s|:-]+\\||\\[[^\\]]*]: .*)");

    private final Prose prose;
    private boolean code;

    MarkdownReader(Prose prose) {
        this.prose = prose;
    }

    void read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            line(i + 1, lines.get(i).stripTrailing());
        }
    }

    private void line(int number, String line) {
        Matcher heading = HEADING.matcher(line);
        Matcher item = ITEM.matcher(line);
        if (FENCE.matcher(line).matches()) {
            prose.end();
            code = !code;
        } else if (code) {
            return;
        } else if (line.isBlank() || NO_PROSE.matcher(line).matches()) {
            prose.end();
        } else if (heading.matches()) {
            prose.end();
            prose.add(number, heading.group(1));
            prose.end();
        } else if (line.startsWith("|")) {
            for (String cell : line.split("(?<!\\\\)\\|")) {
                prose.end();
                prose.add(number, cell);
            }
            prose.end();
        } else if (item.matches()) {
            prose.end();
            prose.add(number, item.group(1));
        } else {
            prose.add(number, line.startsWith("> ") ? line.substring(2) : line);
        }
    }
}

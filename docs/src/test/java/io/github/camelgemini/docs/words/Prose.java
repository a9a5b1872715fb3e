package io.github.camelgemini.docs.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The sentences of a file, without markup, code and literals. */
final class Prose {

    /** Stands for a literal in a sentence: one word, whatever was in it. */
    static final String CODE = "Code";

    /** Between sentences of which the second begins with a name in lower case. */
    private static final Pattern LOWER_CASE = Pattern.compile("(?<=\\p{Alnum}{2}[.!?]) (?=[\\p{Ll}\\d])");

    private final Path file;
    private final List<Sentence> sentences = new ArrayList<>();
    private final StringBuilder block = new StringBuilder();
    /** The offset in {@link #block} at which each of its lines begins, and the number of that line in the file. */
    private final List<int[]> lines = new ArrayList<>();

    private Prose(Path file) {
        this.file = file;
    }

    /** Reads AsciiDoc, Markdown, the component's catalog JSON or a Kamelet, by the extension of the file. */
    static List<Sentence> of(Path file) {
        Prose prose = new Prose(file);
        List<String> lines = read(file);
        String name = file.getFileName().toString();
        if (name.endsWith(".adoc")) {
            new AsciiDocReader(prose).read(lines);
        } else if (name.endsWith(".md")) {
            new MarkdownReader(prose).read(lines);
        } else {
            CatalogReader.read(lines, prose);
        }
        prose.end();
        return prose.sentences;
    }

    /** Adds text that goes on with that of the line before. */
    void add(int number, String text) {
        if (!block.isEmpty()) {
            block.append(' ');
        }
        lines.add(new int[] {block.length(), number});
        block.append(text.strip());
    }

    /** Ends a paragraph, a heading, an item or a cell: no sentence goes on behind it. */
    void end() {
        String text = Markup.removedFrom(block.toString());
        // Markup is removed from the whole paragraph, since a link may be broken over lines. The line of a sentence is
        // estimated by the part of the paragraph before it.
        int length = Math.max(1, text.length());
        BreakIterator iterator = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        iterator.setText(text);
        int from = iterator.first();
        for (int to = iterator.next(); to != BreakIterator.DONE; to = iterator.next()) {
            String sentence = text.substring(from, to).strip();
            if (sentence.endsWith("e.g.") || sentence.endsWith("i.e.") || sentence.endsWith("etc.")) {
                continue;
            }
            int line = sentence.isEmpty() ? 0 : lineAt((int) ((long) from * block.length() / length));
            for (String part : LOWER_CASE.split(sentence)) {
                if (!part.isEmpty()) {
                    sentences.add(new Sentence(file, line, part));
                }
            }
            from = to;
        }
        block.setLength(0);
        lines.clear();
    }

    private int lineAt(int offset) {
        int number = lines.get(0)[1];
        for (int[] line : lines) {
            if (line[0] <= offset) {
                number = line[1];
            }
        }
        return number;
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}

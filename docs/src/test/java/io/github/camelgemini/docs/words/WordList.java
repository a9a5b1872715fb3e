package io.github.camelgemini.docs.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that we do not use, and what to write: {@code words/words.tsv} of the test resources. */
final class WordList {

    private record Rule(Pattern pattern, String write) {}

    private final List<Rule> rules;

    private WordList(List<Rule> rules) {
        this.rules = rules;
    }

    static WordList ours() {
        List<Rule> rules = new ArrayList<>();
        for (String line : lines("/words/words.tsv")) {
            String[] columns = line.split("\t", 2);
            Pattern pattern = Pattern.compile("(?<![\\w-])(?:" + columns[0] + ")(?![\\w-])", Pattern.CASE_INSENSITIVE);
            rules.add(new Rule(pattern, columns[1]));
        }
        return new WordList(rules);
    }

    /** Gives the words of the sentence that are on the list, each with what to write. */
    List<String> findingsIn(String sentence) {
        List<String> findings = new ArrayList<>();
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern().matcher(sentence);
            while (matcher.find()) {
                findings.add("'" + matcher.group() + "': write " + rule.write());
            }
        }
        return findings;
    }

    /** Gives the lines of a resource, without comments and empty ones. */
    static List<String> lines(String resource) {
        try (InputStream in = WordList.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}

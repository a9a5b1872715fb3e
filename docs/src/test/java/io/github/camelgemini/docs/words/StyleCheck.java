package io.github.camelgemini.docs.words;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a sentence: its length, words of the {@link WordList}, {@link Spelling}. */
final class StyleCheck {

    /** A list of literals counts as one word. */
    static final int MAX_WORDS = 30;

    private static final String LITERALS = Prose.CODE + "(?:(?:,| and| or|, and|, or|/) ?" + Prose.CODE + ")+";

    private final WordList words = WordList.ours();
    private final Spelling spelling = new Spelling();

    List<String> findingsIn(Sentence sentence) {
        List<String> findings = new ArrayList<>();
        int length = words(sentence.text());
        if (length > MAX_WORDS) {
            findings.add(length + " words: make it several sentences of at most " + MAX_WORDS);
        }
        findings.addAll(words.findingsIn(sentence.text()));
        findings.addAll(spelling.findingsIn(sentence.text()));
        return findings.stream()
                .map(finding -> sentence.file() + ":" + sentence.line() + ": " + finding + "\n    " + sentence.text())
                .toList();
    }

    private static int words(String sentence) {
        int words = 0;
        for (String word : sentence.replaceAll(LITERALS, Prose.CODE).split("\\s+")) {
            words += word.matches(".*\\w.*") ? 1 : 0;
        }
        return words;
    }
}

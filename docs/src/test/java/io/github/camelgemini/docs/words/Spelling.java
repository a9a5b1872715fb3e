package io.github.camelgemini.docs.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import morfologik.speller.Speller;
import morfologik.stemming.Dictionary;

/**
 * Checks spelling with LanguageTool's dictionary of American English and our terms: {@code words/terms.txt} of the test
 * resources.
 *
 * <p>LanguageTool's grammar rules are not used. In 8,000 sentences they found about 5 mistakes among 100 findings, need 50 s
 * of processor time, and their dependencies conflict with Camel's.
 */
final class Spelling {

    /** Words without the punctuation around them. Names with digits, dots or slashes are not words. */
    private static final Pattern WORDS =
            Pattern.compile("(?<![^\\s(\"“/])\\p{L}+(?:['’-]\\p{L}+)*(?=[.,:;!?)\"”/…]*(?:\\s|$)|/\\p{L})");

    private static final Pattern CAMEL_CASE = Pattern.compile(".*\\p{Ll}\\p{Lu}.*");

    private final Speller speller;
    private final Set<String> terms = Set.copyOf(WordList.lines("/words/terms.txt"));

    Spelling() {
        URL dictionary = Spelling.class.getResource("/org/languagetool/resource/en/hunspell/en_US.dict");
        try {
            speller = new Speller(Dictionary.read(dictionary));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds words that are neither in the dictionary nor in the list of terms, each with a suggestion. */
    List<String> findingsIn(String sentence) {
        List<String> findings = new ArrayList<>();
        Matcher words = WORDS.matcher(sentence);
        while (words.find()) {
            String word = words.group().replace('’', '\'').replaceAll("'s?$", "");
            if (!CAMEL_CASE.matcher(word).matches() && !isRight(word)) {
                List<String> similar = speller.findReplacements(word);
                findings.add("'" + word + "': write " + (similar.isEmpty() ? "another word" : similar.get(0))
                        + ", or add a term to words/terms.txt");
            }
        }
        return findings;
    }

    private boolean isRight(String word) {
        if (terms.contains(word) || !speller.isMisspelled(word)) {
            return true;
        }
        String[] parts = word.split("-");
        for (String part : parts) {
            if (!terms.contains(part) && speller.isMisspelled(part)) {
                return false;
            }
        }
        return parts.length > 1;
    }
}

package io.github.camelgemini.image.backend.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds URLs of pictures in the text of a model: a text that only consists of a URL, and pictures in Markdown. */
final class PictureLinks {

    private static final String URI = "(?<uri>(https?://|data:image/)[^\\s<>\"%s]++)";
    private static final Pattern BARE = Pattern.compile("\\s*" + URI.formatted("") + "\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKDOWN = Pattern.compile(
            "!\\[[^\\]]{0,1000}\\]\\(\\s*<?" + URI.formatted(")") + ">?[^)]{0,1000}\\)", Pattern.CASE_INSENSITIVE);

    private PictureLinks() {}

    /** The URLs in the texts. */
    static List<String> in(List<String> texts) {
        return takeFrom(new ArrayList<>(texts));
    }

    /** The URLs in the texts. Removes them there. */
    static List<String> takeFrom(List<String> texts) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Matcher bare = BARE.matcher(texts.get(i));
            if (bare.matches()) {
                found.add(bare.group("uri"));
                texts.set(i, "");
            } else {
                texts.set(i, takeFrom(texts.get(i), found));
            }
        }
        texts.removeIf(String::isEmpty);
        return found;
    }

    private static String takeFrom(String text, List<String> found) {
        Matcher markdown = MARKDOWN.matcher(text);
        StringBuilder rest = new StringBuilder();
        while (markdown.find()) {
            found.add(markdown.group("uri"));
            markdown.appendReplacement(rest, "");
        }
        return markdown.appendTail(rest).toString().strip();
    }
}

package io.github.camelgemini.image.backend.google;

import io.github.camelgemini.image.result.RemoteImage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of pictures in what a model says: a text that is nothing but a URL, and pictures in Markdown. */
final class PictureLinks {

    private static final Pattern BARE = Pattern.compile("\\s*(?<uri>https?://[^\\s<>\"]+)\\s*");
    private static final Pattern MARKDOWN =
            Pattern.compile("!\\[[^\\]]{0,1000}\\]\\(\\s*<?(?<uri>https?://[^\\s<>)\"]+)>?[^)]{0,1000}\\)");
    /** As many as an answer may sensibly have; each is fetched. */
    private static final int MOST = 8;

    private PictureLinks() {}

    /** The addresses, which are taken out of the texts. */
    static List<RemoteImage> takeFrom(List<String> texts) {
        List<RemoteImage> found = new ArrayList<>();
        for (int i = 0; i < texts.size() && found.size() < MOST; i++) {
            Matcher bare = BARE.matcher(texts.get(i));
            if (bare.matches()) {
                found.add(new RemoteImage(bare.group("uri"), null));
                texts.set(i, "");
            } else {
                texts.set(i, takeFrom(texts.get(i), found));
            }
        }
        texts.removeIf(String::isEmpty);
        return found;
    }

    private static String takeFrom(String text, List<RemoteImage> found) {
        Matcher markdown = MARKDOWN.matcher(text);
        StringBuilder rest = new StringBuilder();
        while (found.size() < MOST && markdown.find()) {
            found.add(new RemoteImage(markdown.group("uri"), null));
            markdown.appendReplacement(rest, "");
        }
        return markdown.appendTail(rest).toString().strip();
    }
}

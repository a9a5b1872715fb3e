package io.github.camelgemini.docs.words;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Inline markup of AsciiDoc and Markdown: links become their text, literals {@link Prose#CODE}. */
final class Markup {

    private static final Map<Pattern, String> REPLACEMENTS = new LinkedHashMap<>();

    static {
        replace("``[^`]+``|`[^`]+`|\\+\\+[^+]+\\+\\+", Prose.CODE);
        replace("<!--.*?-->", "");
        replace("!?\\[([^\\]]*)]\\([^)]*\\)", "$1");
        replace("<<[^>,]*,([^>]*)>>", "$1");
        replace("<<[^>]*>>", Prose.CODE);
        replace("(?:link|xref|mailto|image|icon):[^\\s\\[]*\\[([^\\],]*)[^\\]]*]", "$1");
        replace("https?://[^\\s\\[|)]*\\[([^\\]]*)]", "$1");
        replace("<?https?://[^\\s|)>]*>?", Prose.CODE);
        replace("\\[#[^\\]]*]|\\[\\[[^\\]]*]]", "");
        replace("\\{[\\w-]+}", Prose.CODE);
        replace("</?\\w+[^>]*>", "");
        // Bold and italic.
        replace("(?<![\\w*])\\*{1,2}(?=\\S)(.+?)(?<=\\S)\\*{1,2}(?![\\w*])", "$1");
        replace("(?<!\\w)_(?=\\S)(.+?)(?<=\\S)_(?!\\w)", "$1");
        replace("(?<!\\S)\\[ ?[xX ]?]\\s", "");
        replace("\\s+", " ");
    }

    private Markup() {}

    static String removedFrom(String text) {
        String result = text;
        for (Map.Entry<Pattern, String> replacement : REPLACEMENTS.entrySet()) {
            result = replacement.getKey().matcher(result).replaceAll(replacement.getValue());
        }
        return result;
    }

    private static void replace(String pattern, String with) {
        REPLACEMENTS.put(Pattern.compile(pattern), with);
    }
}

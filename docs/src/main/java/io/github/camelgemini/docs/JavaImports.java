package io.github.camelgemini.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds the imports that a snippet of Java needs, so that readers can copy it without a look at the source. */
final class JavaImports {

    private static final Pattern IMPORT = Pattern.compile("import (?:static )?[\\w.]+\\.(\\w+);");
    private static final Pattern TEXTS = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|//.*");

    private JavaImports() {}

    /**
     * Gives the snippet with the imports of its file that it uses, at the same indentation.
     *
     * @param snippet lines of the file; unchanged if they have imports already or need none
     * @param file all lines of the file
     */
    static List<String> before(List<String> snippet, List<String> file) {
        if (snippet.stream().anyMatch(line -> IMPORT.matcher(line).matches())) {
            return snippet;
        }
        String code = TEXTS.matcher(String.join("\n", snippet)).replaceAll("");
        int indentation = snippet.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.indexOf(line.strip()))
                .min()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (String line : file) {
            Matcher imported = IMPORT.matcher(line);
            if (imported.matches() && code.matches("(?s).*\\b" + imported.group(1) + "\\b.*")) {
                lines.add(" ".repeat(indentation) + line);
            }
        }
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.addAll(snippet);
        return lines;
    }
}

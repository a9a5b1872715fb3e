package io.github.camelgemini.docs.words;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the descriptions of options and headers, each on one line of the catalog, and those of Kamelets. Titles are names. */
final class CatalogReader {

    private static final Pattern JSON = Pattern.compile("\"description\": \"((?:\\\\.|[^\"\\\\])*)\"");
    private static final Pattern YAML = Pattern.compile("(\\s*)description: *(.*)");

    /** Options whose texts Camel has written. */
    private static final Pattern CAMELS = Pattern.compile(
            "\\s*\"(bridgeErrorHandler|exceptionHandler|pollStrategy|lazyStartProducer|autowiredEnabled)\": .*");

    private CatalogReader() {}

    static void read(List<String> lines, Prose prose) {
        int inside = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher json = JSON.matcher(line);
            while (json.find() && !CAMELS.matcher(line).matches()) {
                prose.end();
                prose.add(i + 1, json.group(1).replace("\\\"", "\"").replace("\\n", " "));
                prose.end();
            }
            Matcher yaml = YAML.matcher(line);
            if (yaml.matches()) {
                prose.end();
                inside = yaml.group(1).length();
                String text = yaml.group(2);
                if (!text.matches("[|>][+-]?")) {
                    prose.add(i + 1, text.replaceAll("^([\"'])(.*)\\1$", "$2"));
                }
            } else if (inside >= 0 && !line.isBlank() && line.indexOf(line.strip()) > inside) {
                prose.add(i + 1, line);
            } else if (inside >= 0) {
                prose.end();
                inside = line.isBlank() ? inside : -1;
            }
        }
    }
}

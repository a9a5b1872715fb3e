package io.github.camelgemini.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in the {@code include::} lines of a page as Asciidoctor does: whole files, tagged regions, ranges of lines.
 * Code hosts show such a line as a link, because their Asciidoctor must not read other files.
 */
final class PageIncludes {

    private static final Pattern INCLUDE = Pattern.compile("include::([^\\[]+)\\[(.*)]");
    private static final Pattern ATTRIBUTE = Pattern.compile(":([a-z][a-z-]*): (\\{.*)");
    private static final Pattern TAG = Pattern.compile("\\b(tag|end)::(\\S+?)\\[](?=\\s|$)");

    private static final String EVERYTHING = "**";

    private final Map<String, String> places;

    /** @param places folders by the attribute that stands for each, such as {@code root} */
    PageIncludes(Map<String, Path> places) {
        this.places = new LinkedHashMap<>();
        places.forEach((name, folder) -> this.places.put(name, folder.toString()));
    }

    /**
     * The lines of a page with its includes filled in, and without the attributes for their folders.
     *
     * @throws IllegalArgumentException when a file, a tag or a place is missing; it names the page
     */
    List<String> filledIn(Path page) {
        Map<String, String> ofPage = new LinkedHashMap<>(places);
        List<String> lines = new ArrayList<>();
        fill(page, read(page), ofPage, lines);
        return lines;
    }

    private void fill(Path page, List<String> source, Map<String, String> known, List<String> lines) {
        for (String line : source) {
            Matcher attribute = ATTRIBUTE.matcher(line);
            Matcher include = INCLUDE.matcher(line);
            if (attribute.matches() && !resolve(attribute.group(2), known).equals(attribute.group(2))) {
                known.put(attribute.group(1), resolve(attribute.group(2), known));
            } else if (include.matches()) {
                Path file = page.resolveSibling(resolve(include.group(1), known));
                if (!Files.isRegularFile(file)) {
                    throw new IllegalArgumentException(page + ": no such file: " + line);
                }
                List<String> whole = read(file);
                List<String> selected = selected(page, whole, include.group(2), line);
                if (file.toString().endsWith(".adoc")) {
                    fill(file, selected, known, lines);
                } else if (file.toString().endsWith(".java")) {
                    lines.addAll(JavaImports.before(selected, whole));
                } else {
                    lines.addAll(selected);
                }
            } else {
                lines.add(line);
            }
        }
    }

    private static List<String> selected(Path page, List<String> lines, String how, String include) {
        List<String> selected = lines;
        for (String part : how.isEmpty() ? new String[0] : how.replace("\"", "").split(",")) {
            String value = part.substring(part.indexOf('=') + 1);
            selected = switch (part.substring(0, part.indexOf('='))) {
                case "tag", "tags" ->
                    tagged(lines, new TreeSet<>(Arrays.asList(value.split(";"))), page + ": " + include);
                case "lines" -> range(lines, value);
                case "indent" -> indented(selected, Integer.parseInt(value));
                default ->
                    throw new IllegalArgumentException(page + ": neither tag, tags, lines nor indent: " + include);
            };
        }
        return selected;
    }

    private static List<String> indented(List<String> lines, int spaces) {
        return String.join("\n", lines).stripIndent().indent(spaces).lines().toList();
    }

    /** The regions with these tags, or all lines without tags. Tags after an exclamation mark are left out. */
    private static List<String> tagged(List<String> lines, Set<String> tags, String where) {
        List<String> selected = new ArrayList<>();
        Set<String> missing = new TreeSet<>(tags);
        Set<String> open = new TreeSet<>();
        boolean all = missing.remove(EVERYTHING) || tags.stream().allMatch(tag -> tag.startsWith("!"));
        for (String line : lines) {
            Matcher tag = TAG.matcher(line);
            if (tag.find()) {
                for (String name : List.of(tag.group(2), "!" + tag.group(2))) {
                    missing.remove(name);
                    if (tag.group(1).equals("end")) {
                        open.remove(name);
                    } else if (tags.contains(name)) {
                        open.add(name);
                    }
                }
            } else if ((all || !open.isEmpty()) && open.stream().noneMatch(name -> name.startsWith("!"))) {
                selected.add(line);
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(where + ": no tag " + missing);
        }
        return selected;
    }

    private static List<String> range(List<String> lines, String range) {
        String[] ends = range.split("\\.\\.");
        int last = Integer.parseInt(ends[1]);
        return lines.subList(Integer.parseInt(ends[0]) - 1, last < 0 ? lines.size() : Math.min(last, lines.size()));
    }

    private static String resolve(String text, Map<String, String> known) {
        String resolved = text;
        for (Map.Entry<String, String> place : known.entrySet()) {
            resolved = resolved.replace("{" + place.getKey() + "}", place.getValue());
        }
        return resolved;
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

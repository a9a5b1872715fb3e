package io.github.camelgemini.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes each page as code hosts can show it: includes and tables filled in, attributes set, links to files that work there.
 * The site is made from these, so that both say the same. They are committed; CI finds the tree changed when one is stale.
 */
public final class CodeHostPages {

    private static final Pattern FILE = Pattern.compile("(image::?|link:)([\\w.-]+\\.\\w+)\\[");
    private static final Pattern TITLE = Pattern.compile("= (.*)");
    private static final Pattern DESCRIPTION = Pattern.compile(":description: (.*)");

    private final Path sources;
    private final Path pages;
    private final PageIncludes includes;
    private final Map<String, String> attributes;

    private CodeHostPages(Path sources, Path pages, PageIncludes includes, Map<String, String> attributes) {
        this.sources = sources;
        this.pages = pages;
        this.includes = includes;
        this.attributes = attributes;
    }

    /**
     * Writes all pages, and removes those that have no source any more.
     *
     * @param args the folder of the module {@code docs}, that of the generated tables, and attributes as {@code name=value}
     * @throws IOException when a file can't be read or written
     */
    public static void main(String[] args) throws IOException {
        Path docs = Path.of(args[0]).toAbsolutePath().normalize();
        Path generated = Path.of(args[1]).toAbsolutePath().normalize();
        Map<String, String> attributes = new TreeMap<>();
        Stream.of(args)
                .skip(2)
                .map(argument -> argument.split("=", 2))
                .forEach(pair -> attributes.put(pair[0], pair[1]));
        Map<String, Path> places = new LinkedHashMap<>();
        places.put("root", docs.getParent());
        places.put("generated", generated);
        places.put("routes", docs.resolve("src/test/resources/routes"));
        places.put("java", docs.resolve("src/test/java/io/github/camelgemini/docs"));

        Path sources = docs.resolve("src/docs/asciidoc");
        Map<String, Path> named = named(sources);
        SiteMenu menu = SiteMenu.read(docs.resolve("src/docs/frame/menu.txt"), named.keySet());
        Files.writeString(generated.resolve("pages.adoc"), overview(menu, named));
        new CodeHostPages(sources, docs.resolve("pages"), new PageIncludes(places), attributes).write(named);
    }

    /** Pages that begin with an underscore are parts of others. */
    private static Map<String, Path> named(Path sources) throws IOException {
        try (Stream<Path> files = Files.list(sources)) {
            return files.filter(file -> file.toString().endsWith(".adoc")
                            && !file.getFileName().toString().startsWith("_"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".adoc", ""),
                            file -> file,
                            (a, b) -> a,
                            TreeMap::new));
        }
    }

    /** All pages with a description, by group of the menu. */
    private static String overview(SiteMenu menu, Map<String, Path> named) throws IOException {
        StringBuilder text = new StringBuilder();
        Set<String> listed = new TreeSet<>(Set.of("index"));
        for (Map.Entry<String, List<SiteMenu.Entry>> group : menu.groups().entrySet()) {
            text.append("=== ").append(group.getKey()).append("\n\n[.pages]\n");
            for (SiteMenu.Entry entry : group.getValue()) {
                if (entry.isPage() && listed.add(entry.page())) {
                    List<String> page = Files.readAllLines(named.get(entry.page()));
                    text.append("xref:%s.adoc[%s]:: %s\n"
                            .formatted(entry.page(), first(TITLE, page), first(DESCRIPTION, page)));
                }
            }
            text.append("\n");
        }
        return text.toString();
    }

    private static String first(Pattern line, List<String> page) {
        return page.stream()
                .map(line::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("No '" + line + "' in a page that begins " + page.get(0)))
                .group(1);
    }

    private void write(Map<String, Path> named) throws IOException {
        Files.createDirectories(pages);
        for (Map.Entry<String, Path> page : named.entrySet()) {
            Path file = pages.resolve(page.getKey() + ".adoc");
            String text = page(page.getKey(), includes.filledIn(page.getValue()));
            if (!Files.exists(file) || !Files.readString(file).equals(text)) {
                Files.writeString(file, text);
            }
        }
        try (Stream<Path> files = Files.list(pages)) {
            for (Path file : files.toList()) {
                if (!named.containsKey(file.getFileName().toString().replace(".adoc", ""))) {
                    Files.delete(file);
                }
            }
        }
    }

    private String page(String name, List<String> lines) {
        List<String> page = new ArrayList<>();
        page.add("// Made by the build from docs/src/docs/asciidoc/" + name + ".adoc: change that file, not this one.");
        boolean header = true;
        for (String line : lines) {
            if (header && line.isBlank()) {
                header = false;
                String text = String.join("\n", lines);
                attributes.forEach((attribute, value) -> {
                    if (text.contains("{" + attribute + "}")) {
                        page.add(":" + attribute + ": " + value);
                    }
                });
                page.add("");
                if (!name.equals("index")) {
                    page.add("ifndef::site[]");
                    page.add("xref:index.adoc[All pages]");
                    page.add("endif::[]");
                    page.add("");
                }
            } else {
                page.add(withLinks(line).stripTrailing());
            }
        }
        return String.join("\n", page) + "\n";
    }

    /** Files beside the sources stay there. */
    private String withLinks(String line) {
        String beside = pages.relativize(sources).toString().replace('\\', '/') + "/";
        return FILE.matcher(line)
                .replaceAll(link -> Matcher.quoteReplacement(
                        Files.exists(sources.resolve(link.group(2)))
                                ? link.group(1) + beside + link.group(2) + "["
                                : link.group()));
    }
}

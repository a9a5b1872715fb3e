package io.github.camelgemini.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The menu of the site, read from {@code menu.txt}. A line begins a group. Its pages follow with indentation, each with
 * file name and title.
 */
final class SiteMenu {

    /** A page, a section of one, or a file of the repository, as the menu names it. */
    record Entry(String page, String anchor, String title) {

        boolean isPage() {
            return !page.startsWith("../");
        }

        String href() {
            if (!isPage()) {
                return page;
            }
            return page + ".html" + (anchor.isEmpty() ? "" : "#" + anchor);
        }
    }

    private final Map<String, List<Entry>> groups;

    private SiteMenu(Map<String, List<Entry>> groups) {
        this.groups = groups;
    }

    /**
     * Reads the menu.
     *
     * @param pages the names of all pages, without the extension
     * @throws IllegalArgumentException when a page is missing in the menu, or a page of the menu does not exist
     */
    static SiteMenu read(Path file, Set<String> pages) throws IOException {
        Map<String, List<Entry>> groups = new LinkedHashMap<>();
        List<Entry> group = null;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            if (!Character.isWhitespace(line.charAt(0))) {
                group = groups.computeIfAbsent(line.strip(), title -> new ArrayList<>());
            } else if (group != null) {
                String[] words = line.strip().split("\\s+", 2);
                String[] target = words[0].split("#", 2);
                group.add(new Entry(target[0], target.length > 1 ? target[1] : "", words[1]));
            }
        }
        SiteMenu menu = new SiteMenu(groups);
        Set<String> listed = new TreeSet<>(menu.names());
        refuse(file + " lacks these pages: ", pages, listed);
        refuse(file + " has pages that do not exist: ", listed, pages);
        return menu;
    }

    private static void refuse(String why, Set<String> some, Set<String> others) {
        Set<String> alone = new TreeSet<>(some);
        alone.removeAll(others);
        if (!alone.isEmpty()) {
            throw new IllegalArgumentException(why + String.join(", ", alone));
        }
    }

    /** Its groups in order, by title. */
    Map<String, List<Entry>> groups() {
        return groups;
    }

    /** The names of all pages in the order of the menu. */
    List<String> names() {
        return groups.values().stream()
                .flatMap(List::stream)
                .filter(Entry::isPage)
                .map(Entry::page)
                .distinct()
                .toList();
    }

    /** The title of the group that a page is in. */
    String groupOf(String page) {
        return groups.entrySet().stream()
                .filter(group ->
                        group.getValue().stream().anyMatch(entry -> entry.page().equals(page)))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}

package io.github.camelgemini.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;

/**
 * The Javadoc of the component beside the pages of the site, with links in both directions. Only in builds that make
 * Javadoc, such as a release.
 */
final class Javadoc {

    private static final String FOLDER = "javadoc/";
    private static final Pattern TYPE = Pattern.compile("\"p\":\"([\\w.]+)\",\"l\":\"(\\w+)\"");
    private static final Pattern NAVIGATION = Pattern.compile("<ul id=\"navbar.top.firstrow\"[^>]*>");

    private final Map<String, String> pages;

    private Javadoc(Map<String, String> pages) {
        this.pages = pages;
    }

    /**
     * Copies the Javadoc, with a link to the site in the header of each page. Does nothing if the source folder is
     * missing.
     */
    static Javadoc copy(Path from, Path to) throws IOException {
        Map<String, String> pages = new TreeMap<>();
        if (Files.isDirectory(from)) {
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    copy(from, file, to.resolve(from.relativize(file).toString()));
                }
            }
            Matcher type = TYPE.matcher(Files.readString(from.resolve("type-search-index.js")));
            while (type.find()) {
                pages.put(type.group(2), FOLDER + type.group(1).replace('.', '/') + "/" + type.group(2) + ".html");
            }
        }
        return new Javadoc(pages);
    }

    private static void copy(Path from, Path file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        if (file.toString().endsWith(".html")) {
            String up = "../".repeat(from.relativize(file).getNameCount());
            String back = "<li><a href=\"" + up + "index.html\">Documentation</a></li>";
            Files.writeString(target, NAVIGATION.matcher(Files.readString(file)).replaceFirst("$0" + back));
        } else {
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    boolean isThere() {
        return !pages.isEmpty();
    }

    /** Turns each class name in a text into a link. */
    void link(Element article) {
        for (Element code : article.select("code")) {
            String page = pages.get(code.text());
            if (page != null && code.closest("a, pre, h1, h2, h3, h4, h5") == null) {
                code.wrap("<a href=\"" + page + "\"></a>");
            }
        }
    }
}

package io.github.camelgemini.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/**
 * Puts the pages from Asciidoctor into the frame of the site: header, menu, contents, search, links to the previous and
 * next page.
 */
public final class SitePages {

    private static final String HOME = "index";
    private static final String SOURCES = "../src/docs/asciidoc/";
    private static final String REPOSITORY = "../../";
    private static final List<String> SHARED = List.of("site.css", "site.js", "search.js", "search-words.js");

    private final String template;
    private final SiteMenu menu;
    private final Javadoc javadoc;
    private final Map<String, Document> rendered;
    private final String repository;

    private SitePages(
            String template, SiteMenu menu, Javadoc javadoc, Map<String, Document> rendered, String repository) {
        this.template = template;
        this.menu = menu;
        this.javadoc = javadoc;
        this.rendered = rendered;
        this.repository = repository;
    }

    /**
     * Rewrites the pages of a site in place, and adds common files.
     *
     * @param args the folder of the site, the folder of the frame, the folder of the Javadoc, which may be missing, the
     *     version, and the URL of the repository's files
     * @throws IOException when a file can't be read or written
     */
    public static void main(String[] args) throws IOException {
        Path site = Path.of(args[0]);
        Path frame = Path.of(args[1]);
        String template = Files.readString(frame.resolve("page.html")).replace("{version}", args[3]);
        Map<String, Document> rendered = rendered(site);
        SiteMenu menu = SiteMenu.read(frame.resolve("menu.txt"), rendered.keySet());
        Javadoc javadoc = Javadoc.copy(Path.of(args[2]), site.resolve("javadoc"));
        SitePages pages = new SitePages(template, menu, javadoc, rendered, args[4]);
        SearchIndex index = new SearchIndex();
        for (String name : menu.names()) {
            Document page = pages.framed(name);
            index.add(name, page.getElementById("site-article"), menu.groupOf(name));
            Files.writeString(site.resolve(name + ".html"), page.outerHtml());
        }
        for (String file : SHARED) {
            Files.copy(frame.resolve(file), site.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(site.resolve("lunr.js"), SearchIndex.library());
        Files.writeString(
                site.resolve("search-index.js"), index.script(Files.readString(frame.resolve("search-words.js"))));
    }

    private static Map<String, Document> rendered(Path site) throws IOException {
        Map<String, Document> rendered = new TreeMap<>();
        try (Stream<Path> files = Files.list(site)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".html")).toList()) {
                rendered.put(file.getFileName().toString().replace(".html", ""), Jsoup.parse(file));
            }
        }
        return rendered;
    }

    private Document framed(String name) {
        Document content = rendered.get(name);
        Document page = Jsoup.parse(template);
        page.outputSettings().prettyPrint(false);
        if (!name.equals(HOME)) {
            page.title(title(name) + " – " + page.title());
        }
        page.selectFirst("meta[name=description]")
                .attr("content", content.selectFirst("meta[name=description]").attr("content"));
        page.body().addClass("page-" + name);

        Element article = page.getElementById("site-article");
        article.appendChild(content.selectFirst("h1").clone());
        article.appendChildren(content.getElementById("content").childNodes());
        linkHeadings(article);
        scrollWideTables(article);
        for (Element term : article.select(".pages dt")) {
            Element meaning = term.nextElementSibling();
            term.wrap("<div></div>").parent().appendChild(meaning);
        }
        for (Element link : article.select("a[href^=../]")) {
            link.attr("href", onTheSite(link.attr("href")));
        }
        javadoc.link(article);
        contents(page, content);
        fillMenu(page, name);
        neighbours(page.getElementById("site-neighbours"), name);
        return page;
    }

    /** A link of a page that is read in the repository. */
    private String onTheSite(String href) {
        return href.startsWith(SOURCES)
                ? href.substring(SOURCES.length())
                : href.startsWith(REPOSITORY) ? repository + href.substring(REPOSITORY.length()) : href;
    }

    private String title(String name) {
        return rendered.get(name).selectFirst("h1").text();
    }

    /** A former id in a heading is a link in a link, which ends the outer one before its text. */
    private static void linkHeadings(Element article) {
        for (Element link : article.select("a.link:empty")) {
            for (Node node : List.copyOf(link.parent().childNodes())) {
                if (node != link && !node.hasAttr("id")) {
                    link.appendChild(node);
                }
            }
        }
    }

    /** A table may be wider than a phone; the page must not. On a phone, a table of options is a list. */
    private static void scrollWideTables(Element article) {
        for (Element table : article.select("table.tableblock")) {
            List<String> titles = table.select("> thead > tr > th").eachText();
            if (table.selectFirst("> tbody > tr > td:first-child a[id]") != null) {
                table.addClass("named");
                for (Element cell : table.select("> tbody > tr > td:nth-child(n+3)")) {
                    cell.attr("data-title", titles.get(cell.elementSiblingIndex()) + ": ");
                }
            } else {
                table.wrap("<div class=\"scroll\"></div>");
                table.addClass(table.select("> colgroup > col").size() > 2 ? "wide" : "narrow");
            }
            for (Element cell : table.select("td:matches(^\\d{4}-\\d\\d-\\d\\d$)")) {
                cell.addClass("date");
            }
        }
    }

    /** Beside the text if there is room, or else folded above it. */
    private static void contents(Document page, Document content) {
        Element list = content.selectFirst("#toc > ul");
        Element beside = page.getElementById("site-contents");
        if (list == null) {
            beside.remove();
        } else {
            Element above = page.selectFirst("h1")
                    .after("<details class=\"contents\"></details>")
                    .nextElementSibling();
            above.appendElement("summary").text("On this page");
            above.appendChild(list.clone());
            beside.appendChild(list);
        }
    }

    private void fillMenu(Document page, String current) {
        Element place = page.getElementById("site-menu");
        for (Map.Entry<String, List<SiteMenu.Entry>> group : menu.groups().entrySet()) {
            place.appendElement("h2").text(group.getKey());
            Element list = place.appendElement("ul");
            for (SiteMenu.Entry entry : group.getValue()) {
                Element link = list.appendElement("li").appendElement("a");
                link.attr("href", onTheSite(entry.href())).text(entry.title());
                if (entry.page().equals(current) && entry.anchor().isEmpty()) {
                    link.attr("aria-current", "page");
                }
            }
        }
        if (javadoc.isThere()) {
            place.select("ul")
                    .last()
                    .appendElement("li")
                    .appendElement("a")
                    .attr("href", "javadoc/index.html")
                    .text("Javadoc");
        }
    }

    private void neighbours(Element place, String name) {
        List<String> names = menu.names();
        int position = names.indexOf(name);
        if (position > 0) {
            neighbour(place, "prev", names.get(position - 1));
        }
        if (position < names.size() - 1) {
            neighbour(place, "next", names.get(position + 1));
        }
    }

    private void neighbour(Element place, String relation, String name) {
        place.appendElement("a")
                .attr("rel", relation)
                .attr("href", name + ".html")
                .text(title(name));
    }
}

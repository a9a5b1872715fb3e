package io.github.camelgemini.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.Scriptable;

/**
 * The index for the site's search: each section, option and header, indexed by Lunr when the site is built. It is a
 * script, not JSON, because a page that was opened from a disk may not fetch files.
 */
final class SearchIndex {

    private static final String LIBRARY = "/META-INF/resources/webjars/lunr/2.3.9/lunr.min.js";

    /** Results in this group come last, because they rarely help with a task. */
    private static final String LAST = "Project";

    private static final int EXCERPT = 400;

    private final List<Section> sections = new ArrayList<>();

    /** The target of a result. */
    private static final class Section {

        private final String href;
        private final String title;
        private final String path;
        private final boolean last;
        private final StringBuilder text = new StringBuilder();

        Section(String href, String title, String path, boolean last) {
            this.href = href;
            this.title = title;
            this.path = path;
            this.last = last;
        }

        Map<String, Object> shown(int length) {
            String words = text.toString().replaceAll("\\s+", " ").strip();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("href", href);
            fields.put("title", title);
            fields.put("path", path);
            fields.put("text", words.substring(0, Math.min(length, words.length())));
            if (length == Integer.MAX_VALUE) {
                fields.put("boost", last ? 0.4 : path.isEmpty() ? 1.5 : 1);
            }
            return fields;
        }
    }

    /** Adds a page, section by section. */
    void add(String name, Element article, String group) {
        article.traverse(new Reader(name + ".html", group.equals(LAST)));
    }

    /** Goes through a page. A row of a table with its own anchor, such as an option, is a section of its own. */
    private final class Reader implements NodeVisitor {

        private final String page;
        private final boolean last;
        private final List<String> titles = new ArrayList<>();
        private final Deque<Section> open = new ArrayDeque<>();

        /** The element whose text is already the title of a section. */
        private Element title;

        Reader(String page, boolean last) {
            this.page = page;
            this.last = last;
        }

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode text && title == null && !open.isEmpty()) {
                open.peek().text.append(text.getWholeText());
            } else if (node instanceof Element element) {
                if (element.tagName().matches("h[1-5]")) {
                    heading(element);
                } else if (isNamedRow(element)) {
                    Element cell = element.selectFirst("td");
                    begin(
                            "#" + cell.selectFirst("a[id]").id(),
                            cell.select("code").text(),
                            String.join(" › ", titles));
                } else if (element.isBlock() && !open.isEmpty()) {
                    open.peek().text.append(' ');
                }
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node == title) {
                title = null;
            } else if (node instanceof Element element && isNamedRow(element)) {
                open.pop();
            }
        }

        private void heading(Element heading) {
            int level = heading.tagName().charAt(1) - '1';
            while (titles.size() > level) {
                titles.remove(titles.size() - 1);
            }
            title = heading;
            open.clear();
            begin(heading.id().isEmpty() ? "" : "#" + heading.id(), heading.text(), String.join(" › ", titles));
            titles.add(heading.text());
        }

        private void begin(String anchor, String title, String path) {
            Section section = new Section(page + anchor, title, path, last);
            sections.add(section);
            open.push(section);
        }

        private boolean isNamedRow(Element element) {
            return element.tagName().equals("tr") && element.selectFirst("> td:first-child a[id]") != null;
        }
    }

    /** The script with the index and the text that is shown for each section. */
    String script(String words) throws IOException {
        Context engine = Context.enter();
        try {
            engine.setLanguageVersion(Context.VERSION_ES6);
            Scriptable scope = engine.initStandardObjects();
            engine.evaluateString(scope, library(), "lunr.js", 1, null);
            engine.evaluateString(scope, words, "search-words.js", 1, null);
            Function build = (Function) scope.get("buildSearchIndex", scope);
            Object index = build.call(engine, scope, scope, new Object[] {json(Integer.MAX_VALUE)});
            return "var SEARCH_SECTIONS = " + json(EXCERPT) + ";\nvar SEARCH_INDEX = " + index + ";\n";
        } finally {
            Context.exit();
        }
    }

    private String json(int length) throws JsonProcessingException {
        return new ObjectMapper()
                .writeValueAsString(
                        sections.stream().map(section -> section.shown(length)).collect(Collectors.toList()));
    }

    /** The source of Lunr. */
    static String library() throws IOException {
        try (InputStream script = SearchIndex.class.getResourceAsStream(LIBRARY)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

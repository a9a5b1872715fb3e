package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

/** What {@code mvn install} gives can be used: a pom whose parent is not installed is of no use to anybody. */
class InstallTest {

    private static final Path ROOT = Path.of("../pom.xml");

    @Test
    void everyParentIsInTheReactor() throws IOException {
        Set<Path> reactor = new TreeSet<>();
        collect(ROOT.toAbsolutePath().normalize(), reactor);

        assertThat(reactor).hasSizeGreaterThan(5).allSatisfy(pom -> {
            Element parent = project(pom).selectFirst("> parent");
            if (parent != null) {
                Element path = parent.selectFirst("> relativePath");
                assertThat(reactor)
                        .as("the parent of " + pom)
                        .contains(pom.resolveSibling(path == null ? "../pom.xml" : path.text())
                                .normalize());
            }
        });
    }

    /** A pom and its modules, those of profiles among them. */
    private static void collect(Path pom, Set<Path> reactor) throws IOException {
        if (reactor.add(pom)) {
            for (Element module : project(pom).select("module")) {
                collect(pom.resolveSibling(module.text()).resolve("pom.xml").normalize(), reactor);
            }
        }
    }

    private static Element project(Path pom) throws IOException {
        Document xml = Jsoup.parse(Files.readString(pom), Parser.xmlParser());
        return xml.selectFirst("project");
    }
}

package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each promise of SECURITY.md has tests that try to break it, and they are there. */
class SecurityPageTest {

    private static final Path SOURCE = Path.of("..");
    private static final Pattern PROMISE = Pattern.compile("(?m)^- \\*\\*(.+?)\\.?\\*\\*");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+) \\| (`.+) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

    private static String page;
    private static Set<String> tests;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(SOURCE.resolve("SECURITY.md"));
        tests = new HashSet<>();
        for (Path parent : List.of(SOURCE, SOURCE.resolve("examples"))) {
            try (Stream<Path> modules = Files.list(parent)) {
                for (Path module : modules.toList()) {
                    addTests(module.resolve("src/test/java"));
                }
            }
        }
    }

    private static void addTests(Path sources) throws IOException {
        if (Files.isDirectory(sources)) {
            try (Stream<Path> files = Files.walk(sources)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith("Test.java"))
                        .forEach(name -> tests.add(name.replace(".java", "")));
            }
        }
    }

    private static String section(String title) {
        String behind = page.substring(page.indexOf(title) + title.length());
        return behind.split("\n##", 2)[0];
    }

    private static Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        ROW.matcher(section("### What tries to break it"))
                .results()
                .forEach(row -> rows.put(row.group(1), testsIn(row.group(2))));
        return rows;
    }

    private static List<String> testsIn(String text) {
        return TEST.matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    void everyPromiseHasTests() {
        List<String> promises = PROMISE.matcher(section("## What is promised"))
                .results()
                .map(promise -> promise.group(1))
                .toList();

        assertThat(promises).isNotEmpty();
        assertThat(rows().keySet()).containsExactlyElementsOf(promises);
        assertThat(rows().values()).allSatisfy(each -> assertThat(each).isNotEmpty());
    }

    @Test
    void everyTestThatIsNamedExists() {
        assertThat(testsIn(page)).isNotEmpty().allSatisfy(name -> assertThat(tests)
                .contains(name));
    }
}

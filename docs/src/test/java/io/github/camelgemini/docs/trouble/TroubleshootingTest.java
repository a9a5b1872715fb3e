package io.github.camelgemini.docs.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each message on the page about troubleshooting is one that a route really gets. */
class TroubleshootingTest {

    private static final Path PAGES = Path.of("src/docs/asciidoc");
    private static final Path COMMITTED = PAGES.resolve("_messages.adoc");
    private static final Path WRITTEN = Path.of("target/messages.adoc");
    private static final Pattern MESSAGE =
            Pattern.compile("// tag::([\\w-]+)\\[]\n(.*?)\n// end::\\1\\[]", Pattern.DOTALL);
    private static final Pattern INCLUDE = Pattern.compile("include::_messages\\.adoc\\[tags?=([\\w;-]+)]");

    @RegisterExtension
    static final GeminiEmulatorExtension EMULATOR = new GeminiEmulatorExtension();

    private static final Map<String, String> SAID = new LinkedHashMap<>();

    @TempDir
    Path folder;

    static Stream<String> symptoms() {
        return Symptoms.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("symptoms")
    void theMessageIsTheOneOfThePage(String symptom) throws Exception {
        try (Trouble trouble = new Trouble(EMULATOR.emulator(), folder)) {
            SAID.put(symptom, stable(Symptoms.all().get(symptom).message(trouble)));
        }

        assertThat(committed().get(symptom))
                .as("if target/messages.adoc is right, copy it to " + COMMITTED)
                .isEqualTo(SAID.get(symptom));
    }

    @Test
    void thePageHasEachMessage() throws IOException {
        List<String> shown = new ArrayList<>();
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page :
                    pages.filter(path -> path.toString().endsWith(".adoc")).toList()) {
                INCLUDE.matcher(Files.readString(page))
                        .results()
                        .map(found -> found.group(1))
                        .forEach(tags -> shown.addAll(List.of(tags.split(";"))));
            }
        }

        assertThat(shown).containsExactlyInAnyOrderElementsOf(symptoms().toList());
        assertThat(committed().keySet()).containsExactlyElementsOf(symptoms().toList());
    }

    /** Writes the file even if it differs from the committed one. */
    @AfterAll
    static void write() throws IOException {
        StringBuilder text = new StringBuilder("// Written by TroubleshootingTest.\n");
        SAID.forEach((symptom, message) -> text.append("// tag::")
                .append(symptom)
                .append("[]\n")
                .append(message)
                .append("\n// end::")
                .append(symptom)
                .append("[]\n"));
        Files.writeString(WRITTEN, text);
    }

    private static Map<String, String> committed() throws IOException {
        Map<String, String> committed = new LinkedHashMap<>();
        Matcher matcher = MESSAGE.matcher(Files.exists(COMMITTED) ? Files.readString(COMMITTED) : "");
        for (MatchResult found : matcher.results().toList()) {
            committed.put(found.group(1), found.group(2));
        }
        return committed;
    }

    /** Without the parts that differ from run to run. */
    private String stable(String message) {
        return message.replace(EMULATOR.baseUrl(), "http://localhost:8080")
                .replaceAll("localhost(/\\[?[\\w.:]*]?)?:\\d+", "localhost:8080")
                .replace(folder.toString(), "/data")
                .replaceAll("[0-9a-f]{32}", "…")
                .replaceAll("Id: [-\\w]+", "Id: …")
                .replaceAll("batches/\\w+", "batches/…")
                .replaceAll("batchId=\\w+", "batchId=…")
                .replaceAll("pause of 2\\d+ ms", "pause of 299990 ms")
                .replaceAll("Retry in \\d+ ms", "Retry in 640 ms")
                .replaceAll("batchMaxAge: .*", "batchMaxAge: PT25H");
    }
}

package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A release is complete, and {@code .ci/release} finds what it changes. */
class ReleaseTest {

    private static final Path ROOT = Path.of("..");
    private static final String BOM = "camel-gemini-image-bom";

    @Test
    void bomManagesWhatIsDeployedAndNothingElse() throws IOException {
        List<String> deployed = deployed();

        assertThat(deployed).contains(BOM);
        assertThat(project(BOM)
                        .select("> dependencyManagement > dependencies > dependency > artifactId")
                        .eachText())
                .containsExactlyInAnyOrderElementsOf(
                        deployed.stream().filter(name -> !name.equals(BOM)).toList());
    }

    @Test
    void bomHasTheVersionOfTheRelease() throws IOException {
        Element bom = project(BOM);

        assertThat(bom.select("> dependencyManagement version").eachText())
                .containsOnly(bom.selectFirst("> parent > version").text());
    }

    @Test
    void whatIsDeployedHasAFlattenedPomWithNameAndDescription() throws IOException {
        for (String module : deployed()) {
            Element project = project(module);
            assertThat(project.select("> name, > description")).as(module).hasSize(2);
            assertThat(project.select("> build > plugins > plugin > artifactId").eachText())
                    .as(module)
                    .contains("flatten-maven-plugin");
        }
    }

    @Test
    void parentHasTheMetadataThatMavenCentralRequires() throws IOException {
        assertThat(project(".")
                        .select("> url, > licenses > license > name, > licenses > license > url,"
                                + " > developers > developer > name, > scm > connection,"
                                + " > scm > developerConnection, > scm > url"))
                .hasSize(7)
                .allSatisfy(element -> assertThat(element.text()).isNotBlank());
    }

    @Test
    void changeLogHasASectionToRelease() throws IOException {
        assertThat(Files.readString(ROOT.resolve("CHANGELOG.md")))
                .contains("\n## [Unreleased]\n")
                .containsPattern("(?m)^\\[Unreleased]: https://\\S+/(commits|compare)/\\S+$");
    }

    @Test
    void workflowsAndTemplatesAreYaml() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(".github"))) {
            List<Path> yaml =
                    files.filter(file -> file.toString().endsWith(".yml")).toList();
            assertThat(yaml).hasSizeGreaterThan(5);
            for (Path file : yaml) {
                assertThat(load(file)).as(file.toString()).isInstanceOf(Map.class);
            }
        }
    }

    @Test
    void workflowsRunTheCommandsOfDevelopers() throws IOException {
        assertThat(load(ROOT.resolve(".github/workflows/ci.yml")).toString()).contains(".ci/run", ".ci/reproducible");
        assertThat(load(ROOT.resolve(".github/workflows/release.yml")).toString())
                .contains(".ci/release");
    }

    private static List<String> deployed() throws IOException {
        List<String> deployed = project(".").select("module").eachText().stream()
                .distinct()
                .filter(module -> "false".equals(deploySkip(module)))
                .toList();
        assertThat(deployed).hasSizeGreaterThan(3);
        return deployed;
    }

    private static String deploySkip(String module) {
        try {
            return project(module)
                    .select("> properties > maven\\.deploy\\.skip")
                    .text();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Element project(String module) throws IOException {
        Path pom = ROOT.resolve(module).resolve("pom.xml");
        return Jsoup.parse(Files.readString(pom), Parser.xmlParser()).selectFirst("project");
    }

    private static Object load(Path file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }
}

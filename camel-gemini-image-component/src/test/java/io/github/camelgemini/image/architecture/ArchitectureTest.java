package io.github.camelgemini.image.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Checks by the sources which package uses which (see the architecture page). Violations are reported with the reason
 * for the rule.
 */
class ArchitectureTest {

    private static final SourceTree SOURCES = SourceTree.of(Path.of("src/main/java"));

    private final Architecture architecture = new Architecture(SOURCES);

    @Test
    void sourcesAreRead() {
        assertThat(SOURCES.classes())
                .extracting(SourceClass::name)
                .contains("GeminiImageComponent", "ImageBackend", "ImageRequest", "Payload")
                .hasSizeGreaterThan(200);
    }

    @Test
    void arrowsPointDown() {
        assertThat(architecture.arrowsUp()).isEmpty();
    }

    @Test
    void packagesAreInNoCircle() {
        assertThat(architecture.circlesOfPackages()).isEmpty();
    }

    @Test
    void classesOfAPackageAreInNoCircle() {
        assertThat(architecture.circlesOfClasses()).isEmpty();
    }

    @Test
    void valuesAloneAreKnownByThoseThatNeitherReadNorWriteMessages() {
        assertThat(architecture.morePartsKnown()).isEmpty();
    }

    @Test
    void librariesStayWhereTheyAreWrapped() {
        assertThat(architecture.libraries()).isEmpty();
    }

    @Test
    void packagesThatSeeNoMessageKnowNoCamel() {
        assertThat(architecture.camelBelow()).isEmpty();
    }

    @Test
    void bytesKnowFewLibraries() {
        assertThat(architecture.librariesOfBytes()).isEmpty();
    }

    @Test
    void namesSayWhatThingsAre() {
        assertThat(architecture.emptyNames()).isEmpty();
    }
}

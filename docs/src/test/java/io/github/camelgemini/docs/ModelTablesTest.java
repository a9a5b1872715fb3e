package io.github.camelgemini.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.model.ModelCatalog;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page of the models says of other services. */
class ModelTablesTest {

    private final ModelTables tables = new ModelTables(ModelCatalog.standard());

    private static List<String> rows(String table) {
        return Arrays.asList(table.split("\n\n"));
    }

    @Test
    void namesAndPricesAtAServiceAreShown() {
        assertThat(rows(tables.services())).anySatisfy(row -> assertThat(row)
                .contains(
                        "AI/ML API",
                        "gemini-3.1-flash-image]",
                        "google/nano-banana-2",
                        "1K: $0.0895",
                        "each reference"));
    }

    @Test
    void thePriceOfABatchIsHalfInTheTableForChoosing() {
        assertThat(rows(tables.choice())).anySatisfy(row -> assertThat(row)
                .contains("gemini-nano-banana-2.1]", "1K: $0.0336", "1K: $0.0168", "|14"));
    }

    @Test
    void theEndOfAModelIsInTheTableForChoosing() {
        assertThat(rows(tables.choice()))
                .anySatisfy(row -> assertThat(row).contains("gemini-3.1-flash-image]", "deprecated 2026-10-06"));
    }

    @Test
    void googlesPricesAreNotThoseOfAnotherService() {
        assertThat(rows(tables.services()))
                .filteredOn(row -> row.contains("AnyFast"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row).endsWith("|not documented"));
    }

    @Test
    void servicesThatCanBeCalledAreShown() {
        assertThat(tables.services()).contains("AnyFast", "AI/ML API", "inference.sh", "GMI Cloud");
    }

    @Test
    void factsOfAServiceHaveTheirSource() {
        assertThat(rows(tables.sources()))
                .anySatisfy(row -> assertThat(row).contains("output at pass:c[AnyFast]", "https://docs.anyfast.ai"));
    }

    @Test
    void facesOfGoogleAreToldApart() {
        assertThat(rows(tables.limits())).anySatisfy(row -> assertThat(row)
                .contains("gemini-3.1-flash-image]", "Vertex AI]: 9:21", "100 MB a request", "7 MB a picture"));
    }
}

package io.github.camelgemini.image.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserCatalogTest {
    private static final String FLASH = "gemini-3.1-flash-image";

    private final ModelCatalog standard = ModelCatalog.standard();

    @Test
    void aModelCanBeAdded() throws IOException {
        ModelCatalog catalog = with("{'models': {'gemini-9-image': {'title': 'Nine', 'output': {'sizes': ['4k']}}}}");

        ModelSpec added = catalog.find("gemini-9-image").orElseThrow();
        assertThat(added.title()).isEqualTo("Nine");
        assertThat(added.output().sizes()).containsExactly(ImageSize.SIZE_4K);
        assertThat(added.prices()).isEmpty();
    }

    @Test
    void theStandardCatalogStaysAsItWas() throws IOException {
        with("{'models': {'gemini-9-image': {}}}");

        assertThat(standard.find("gemini-9-image")).isEmpty();
    }

    @Test
    void aSingleFactCanBeChanged() throws IOException {
        TokenPrices prices = (TokenPrices) with("{'models': {'%s': {'prices': {'imageOutput': 48.5}}}}")
                .find(FLASH)
                .flatMap(ModelSpec::prices)
                .orElseThrow();

        assertThat(prices.imageOutput()).isEqualByComparingTo("48.5");
        assertThat(prices.textOutput()).isEqualByComparingTo("3");
        assertThat(prices.tokensPerImage()).containsEntry(ImageSize.SIZE_1K, 1120);
    }

    @Test
    void factsThatAUserChangedNoLongerClaimToBeGoogles() throws IOException {
        ModelSpec changed = with("{'models': {'%s': {'prices': {'imageOutput': 48.5}}}}")
                .find(FLASH)
                .orElseThrow();

        assertThat(changed.prices().orElseThrow().provenance())
                .isEqualTo(new Provenance(Optional.empty(), "user", Optional.empty()));
        assertThat(changed.output().provenance().source()).startsWith("https://");
    }

    @Test
    void aUserCanNameSourceAndDate() throws IOException {
        Provenance from = with("{'models': {'%s': {'prices': {'imageOutput': 48.5, 'source': 'contract 7',"
                        + " 'asOf': '2026-11-01'}}}}")
                .find(FLASH)
                .flatMap(ModelSpec::prices)
                .map(Prices::provenance)
                .orElseThrow();

        assertThat(from)
                .isEqualTo(new Provenance(Optional.of(LocalDate.parse("2026-11-01")), "contract 7", Optional.empty()));
    }

    @Test
    void aFactCanBeTakenBack() throws IOException {
        ModelCatalog catalog = with("{'models': {'%s': {'input': {'maxReferenceImages': null}}}}");

        assertThat(catalog.find(FLASH).orElseThrow().input().maxReferenceImages())
                .isEmpty();
    }

    @Test
    void aListIsReplacedNotExtended() throws IOException {
        ModelCatalog catalog = with("{'models': {'%s': {'output': {'ratios': ['7:5']}}}}");

        assertThat(catalog.find(FLASH).orElseThrow().output().ratios()).containsExactly(new AspectRatio(7, 5));
    }

    @Test
    void anAliasHasTheFactsOfItsModel() throws IOException {
        ModelSpec alias = with("{'models': {'banana': {'like': '%s', 'output': {'sizes': ['1K']}}}}")
                .find("banana")
                .orElseThrow();

        assertThat(alias.id()).isEqualTo("banana");
        assertThat(alias.prices()).isEqualTo(standard.find(FLASH).orElseThrow().prices());
        assertThat(alias.output().sizes()).containsExactly(ImageSize.SIZE_1K);
    }

    @Test
    void anAliasIsNotDeprecatedWithItsModel() throws IOException {
        ModelSpec alias =
                with("{'models': {'banana': {'like': '%s'}}}").find("banana").orElseThrow();

        assertThat(alias.lifeCycle().deprecated()).isEmpty();
        assertThat(alias.title()).isEqualTo("banana");
    }

    @Test
    void aTableOfTheUsersCanBeNamed() throws IOException {
        ModelSpec model = with("{'tables': {'pixels': {'mine': {'1:1': {'1K': '1000x1000'}}}},"
                        + " 'models': {'m': {'output': {'sizes': ['1K'], 'ratios': ['1:1'], 'pixels': 'mine'}}}}")
                .find("m")
                .orElseThrow();

        assertThat(model.pixels(new AspectRatio(1, 1), ImageSize.SIZE_1K)).contains(new Dimensions(1000, 1000));
    }

    @Test
    void catalogsCanBeStacked() throws IOException {
        ModelCatalog first = with("{'models': {'m': {'title': 'M', 'input': {'maxTokens': 7}}}}");

        ModelSpec twice = first.with(new StringReader("{\"models\": {\"m\": {\"title\": \"N\"}}}"))
                .find("m")
                .orElseThrow();

        assertThat(twice.title()).isEqualTo("N");
        assertThat(twice.input().maxTokens()).contains(7);
    }

    @Test
    void bytesAreReadAsUtf8() throws IOException {
        byte[] json = "{\"models\": {\"m\": {\"title\": \"Bild für alle\"}}}".getBytes(StandardCharsets.UTF_8);

        assertThat(standard.with(new ByteArrayInputStream(json)).find("m"))
                .map(ModelSpec::title)
                .contains("Bild für alle");
    }

    @Test
    void twoSuccessorsThatNameEachOtherDoNotGoRoundForever() throws IOException {
        ModelCatalog catalog = with("{'models': {'a': {'lifeCycle': {'shutdown': '2020-01-01', 'successor': 'b'}},"
                + " 'b': {'lifeCycle': {'shutdown': '2020-01-01', 'successor': 'a'}}}}");

        assertThat(catalog.successorOf("a", LocalDate.parse("2026-01-01"))).isPresent();
    }

    @Test
    void aFactAtOneFaceLeavesTheOthersAsTheyAre() throws IOException {
        ModelCatalog catalog = with("{'models': {'%s': {'at': {'developer': {'input': {'maxReferenceImages': 3}}}}}}");

        assertThat(catalog.at("developer").find(FLASH).orElseThrow().input().maxReferenceImages())
                .contains(3);
        assertThat(catalog.at("vertex").find(FLASH).orElseThrow().input().maxReferenceImages())
                .contains(14);
        assertThat(catalog.find(FLASH).orElseThrow().input().maxReferenceImages())
                .contains(14);
    }

    @Test
    void aSingleFactAtAFaceCanBeChanged() throws IOException {
        ModelInput input =
                with("{'models': {'%s': {'at': {'vertex': {'input': {'inline': {'bytesPerFile': 20000000}}}}}}}")
                        .at("vertex")
                        .find(FLASH)
                        .orElseThrow()
                        .input();

        assertThat(input.inline())
                .isEqualTo(new ModelInput.InlineLimit(Optional.of(20_000_000L), Optional.of(500_000_000L)));
        assertThat(input.provenance()).isEqualTo(new Provenance(Optional.empty(), "user", Optional.empty()));
    }

    @Test
    void aPriceAtAServiceCanBeEntered() throws IOException {
        Prices prices = with("{'models': {'%s': {'at': {'anyfast': {'prices': {'perImage': {'1K': 0.05}}}}}}}")
                .at("anyfast")
                .find(FLASH)
                .flatMap(ModelSpec::prices)
                .orElseThrow();

        assertThat(prices.perImage(ImageSize.SIZE_1K)).hasToString("Optional[0.050000]");
        assertThat(prices.perImage(ImageSize.SIZE_2K)).isEmpty();
    }

    @Test
    void aModelOfAUsersIsTheSameAtEveryService() throws IOException {
        ModelCatalog catalog = with("{'models': {'gemini-9-image': {'output': {'sizes': ['4k']}}}}");

        assertThat(catalog.at("aimlapi").find("gemini-9-image").orElseThrow()).satisfies(model -> {
            assertThat(model.output().sizes()).containsExactly(ImageSize.SIZE_4K);
            assertThat(model.nameAtService()).isEqualTo("gemini-9-image");
        });
    }

    @Test
    void aModelCanBeTakenFromAService() throws IOException {
        ModelCatalog catalog = with("{'models': {'%s': {'at': {'aimlapi': false}}}}");

        assertThat(catalog.at("aimlapi").find(FLASH)).isEmpty();
        assertThat(catalog.at("aimlapi").find("google/nano-banana-2")).isEmpty();
        assertThat(catalog.at("anyfast").find(FLASH)).isPresent();
    }

    @Test
    void aModelCanBeGivenBackToAService() throws IOException {
        ModelCatalog catalog =
                with("{'models': {'gemini-3-pro-image': {'at': {'aimlapi': {'name': 'google/nano-banana-pro'}}}}}");

        assertThat(catalog.at("aimlapi").find("gemini-3-pro-image"))
                .map(ModelSpec::nameAtService)
                .contains("google/nano-banana-pro");
    }

    @Test
    void anAliasDoesNotHaveTheNamesOfItsModel() throws IOException {
        ModelCatalog catalog = with("{'models': {'banana': {'like': '%s'}}}").at("aimlapi");

        assertThat(catalog.find("banana").orElseThrow().nameAtService()).isEqualTo("banana");
        assertThat(catalog.find("banana").orElseThrow().input().maxReferenceImages())
                .contains(5);
        assertThat(catalog.find("google/nano-banana-2")).map(ModelSpec::id).contains(FLASH);
    }

    @Test
    void aServiceOfAUsersCanBeEntered() throws IOException {
        ModelCatalog catalog = with("{'services': {'ours': {'title': 'Our gateway'}},"
                + " 'models': {'%s': {'at': {'ours': {'name': 'banana', 'output': {'sizes': ['2K']}}}}}}");

        assertThat(catalog.services()).contains("ours");
        assertThat(catalog.at("ours").find("banana")).hasValueSatisfying(model -> {
            assertThat(model.id()).isEqualTo(FLASH);
            assertThat(model.output().sizes()).containsExactly(ImageSize.SIZE_2K);
        });
    }

    @Test
    void aCatalogOfAFaceCanBeAddedTo() throws IOException {
        ModelCatalog catalog = standard.at("aimlapi")
                .with(new StringReader("{\"models\": {\"" + FLASH + "\": {\"title\": \"Ours\"}}}"));

        assertThat(catalog.find("google/nano-banana-2").orElseThrow().title()).isEqualTo("Ours");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'input': {'inline': {'developer': {}}}} # field 'input.inline.developer' is no longer supported; use"
                        + " at.developer.input.inline",
                "{'output': {'formats': {'vertex': ['png']}}} # field 'output.formats.vertex' is no longer supported; use"
                        + " at.vertex.output.formats",
                "{'output': {'vertexRatios': []}} # field 'output.vertexRatios' is no longer supported; use"
                        + " at.vertex.output.ratios, the list of all ratios there"
            })
    void aFactInTheOldPlaceIsToldWhereItGoes(String entry, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with("{'models': {'m': " + entry + "}}"))
                .withMessage("model 'm': " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'output': {'sizes': ['1K', '8K']}} # field 'output.sizes[1]' must be one of 512, 1K, 2K, 4K, but is '8K'",
                "{'output': {'ratios': 'nine'}} # field 'output.ratios' names the table 'nine',"
                        + " which 'tables.ratios' doesn't have",
                "{'output': {'ratios': 7}} # field 'output.ratios' must be a list or the name of a table",
                "{'output': {'pixels': {'1:1': {'1K': 1024}}}} # field 'output.pixels.1:1.1K' must be a text, but is 1024",
                "{'output': {'pixels': {'1-1': {}}}} # field 'output.pixels.1-1' must be width:height,"
                        + " for example 16:9, but is '1-1'",
                "{'at': {'developer': {'output': {'formats': ['bmp']}}}} # field 'at.developer.output.formats[0]' must be"
                        + " one of png, jpeg, webp, but is 'bmp'",
                "{'at': {'developer': {'output': {'colour': 'red'}}}} # field 'at.developer.output.colour' is not known,"
                        + " expected one of asOf, defaultSize, formats, maxTokens, note, pixels, ratios, sizes, source",
                "{'at': {'moon': {}}} # field 'at.moon' must be one of developer, vertex, anyfast, aimlapi, inferencesh,"
                        + " gmi, or be entered in 'services'",
                "{'at': {'aimlapi': true}} # field 'at.aimlapi' must be an object, or false where the model is not offered",
                "{'at': 'aimlapi'} # field 'at' must be an object",
                "{'at': {'aimlapi': {'name': 'google/nano-banana-2'}}} # the name 'google/nano-banana-2' at aimlapi is that"
                        + " of gemini-3.1-flash-image",
                "{'name': 'google/m'} # field 'name' is not known, expected one of at, capabilities, input, lifeCycle,"
                        + " output, prices, title",
                "{'prices': {'perImage': {'1K': '0.05'}}} # field 'prices.perImage.1K' must be a number from 0,"
                        + " but is '0.05'",
                "{'input': {'maxTokens': -1}} # field 'input.maxTokens' must be a whole number from 0, but is -1",
                "{'input': {'maxTokens': 1.5}} # field 'input.maxTokens' must be a whole number from 0, but is 1.5",
                "{'input': 7} # field 'input' must be an object or the name of a table",
                "{'lifeCycle': {'shutdown': 'soon'}} # field 'lifeCycle.shutdown' must be a date such as 2026-10-06,"
                        + " but is 'soon'",
                "{'capabilities': {'thinks': 'yes'}} # field 'capabilities.thinks' must be true or false, but is 'yes'",
                "{'prices': {'input': 1}} # field 'prices.textOutput' must be given",
                "{'prices': {'input': '1'}} # field 'prices.input' must be a number from 0, but is '1'",
                "{'prices': {'input': 1, 'textOutput': 1, 'imageOutput': 1, 'tokensPerImage': {'1K': null}}}"
                        + " # field 'prices.tokensPerImage.1K' must be given",
                "{'colour': 'red'} # field 'colour' is not known, expected one of at, capabilities, input,"
                        + " lifeCycle, output, prices, title",
                "{'lifeCycle': {'shutDown': '2026-10-06'}} # field 'lifeCycle.shutDown' is not known, expected one of"
                        + " asOf, deprecated, note, preview, released, shutdown, source, successor",
                "{'like': 'n'} # field 'like' must name another model of the catalog that is not itself like this"
                        + " one, but is 'n'",
                "{'like': 'm'} # field 'like' must name another model of the catalog that is not itself like this"
                        + " one, but is 'm'"
            })
    void aMistakeIsToldWithEntryAndField(String entry, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with("{'models': {'m': " + entry + "}}"))
                .withMessage("model 'm': " + problem.replaceAll("but is '(.*)'$", "but is \"$1\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "[] # model catalog must be a JSON object",
                "{'modles': {}} # model catalog: field 'modles' is not known, expected one of models, services, tables",
                "{'services': {'moon': 7}} # service 'moon' must be an object",
                "{'services': {'moon': {'colour': 'red'}}} # service 'moon': field 'colour' is not known, expected one of"
                        + " available, service, title",
                "{'models': []} # model catalog: field 'models' must be an object",
                "{'models': {'m': 7}} # model 'm' must be an object",
                "{'models': {'models/m': {}}} # model 'models/m' must be entered as m"
            })
    void aMistakeInTheOuterFormIsTold(String json, String problem) {
        assertThatIllegalArgumentException().isThrownBy(() -> with(json)).withMessage(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {"{'models' # line 1", "{} {} # line 1", "{'models': {'m': {}, 'm': {}}} # Duplicate"})
    void whatIsNotJsonIsToldWithItsPlace(String json, String part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(json))
                .withMessageStartingWith("model catalog is not valid JSON at line 1, column ")
                .withMessageContaining(part);
    }

    @Test
    void nothingAtAllIsNotACatalog() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(""))
                .withMessage("model catalog must be a JSON object");
    }

    /** Reads JSON that is written with single quotes here, and {@code %s} for the id of 3.1 Flash Image. */
    private ModelCatalog with(String json) throws IOException {
        return standard.with(new StringReader(json.replace('\'', '"').replace("%s", FLASH)));
    }
}

package io.github.camelgemini.image.model;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped catalog against tables copied from the documentation, not from the catalog. */
class StandardCatalogTest {
    private static final String PIXELS =
            """
            | 1:1 | 512×512 | 1024×1024 | 2048×2048 | 4096×4096 | 1024×1024 |
            | 1:4 | 256×1024 | 512×2048 | 1024×4096 | 2048×8192 | – |
            | 1:8 | 192×1536 | 384×3072 | 768×6144 | 1536×12288 | – |
            | 2:3 | 424×632 | 848×1264 | 1696×2528 | 3392×5056 | 832×1248 |
            | 3:2 | 632×424 | 1264×848 | 2528×1696 | 5056×3392 | 1248×832 |
            | 3:4 | 448×600 | 896×1200 | 1792×2400 | 3584×4800 | 864×1184 |
            | 4:1 | 1024×256 | 2048×512 | 4096×1024 | 8192×2048 | – |
            | 4:3 | 600×448 | 1200×896 | 2400×1792 | 4800×3584 | 1184×864 |
            | 4:5 | 464×576 | 928×1152 | 1856×2304 | 3712×4608 | 896×1152 |
            | 5:4 | 576×464 | 1152×928 | 2304×1856 | 4608×3712 | 1152×896 |
            | 8:1 | 1536×192 | 3072×384 | 6144×768 | 12288×1536 | – |
            | 9:16 | 384×688 | 768×1376 | 1536×2752 | 3072×5504 | 768×1344 |
            | 16:9 | 688×384 | 1376×768 | 2752×1536 | 5504×3072 | 1344×768 |
            | 21:9 | 792×336 | 1584×672 | 3168×1344 | 6336×2688 | 1536×672 |
            """;
    private static final List<String> COLUMNS = List.of("512", "1K", "2K", "4K");
    private static final String TEN = "1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9";
    private static final String FOURTEEN = TEN + " 1:4 4:1 1:8 8:1";

    private final ModelCatalog catalog = ModelCatalog.standard();

    static Stream<Arguments> pixelsOfGemini3() {
        return rows().flatMap(row ->
                COLUMNS.stream().map(size -> Arguments.of(row[0], size, row[1 + COLUMNS.indexOf(size)])));
    }

    static Stream<Arguments> pixelsOfGemini25() {
        return rows().map(row -> Arguments.of(row[0], row[5]));
    }

    private static Stream<String[]> rows() {
        return PIXELS.lines().map(line -> Arrays.stream(line.split("\\|"))
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("pixelsOfGemini3")
    void flashMakesTheDocumentedPixels(String ratio, String size, String pixels) {
        assertThat(pixels("gemini-3.1-flash-image", ratio, size)).isEqualTo(pixels);
    }

    @ParameterizedTest
    @MethodSource("pixelsOfGemini3")
    void nanoBanana21MakesTheDocumentedPixelsButNot512(String ratio, String size, String pixels) {
        assertThat(pixels("gemini-nano-banana-2.1", ratio, size)).isEqualTo(size.equals("512") ? "–" : pixels);
    }

    @ParameterizedTest
    @MethodSource("pixelsOfGemini3")
    void proMakesTheDocumentedPixelsInTenRatiosButNot512(String ratio, String size, String pixels) {
        boolean offered = List.of(TEN.split(" ")).contains(ratio) && !size.equals("512");

        assertThat(pixels("gemini-3-pro-image", ratio, size)).isEqualTo(offered ? pixels : "–");
    }

    @ParameterizedTest
    @MethodSource("pixelsOfGemini3")
    void liteMakesTheDocumentedPixelsIn1KOnly(String ratio, String size, String pixels) {
        assertThat(pixels("gemini-3.1-flash-lite-image", ratio, size)).isEqualTo(size.equals("1K") ? pixels : "–");
    }

    @ParameterizedTest
    @MethodSource("pixelsOfGemini25")
    void gemini25MakesItsOwnPixels(String ratio, String pixels) {
        assertThat(pixels("gemini-2.5-flash-image", ratio, "1K")).isEqualTo(pixels);
    }

    @Test
    void noPixelsAreInventedForARatioThatIsDocumentedWithoutThem() {
        assertThat(pixels("gemini-3.1-flash-image", "9:21", "1K")).isEqualTo("–");
    }

    private String pixels(String id, String ratio, String size) {
        return spec(id).pixels(AspectRatio.parse(ratio), ImageSize.parse(size))
                .map(Dimensions::toString)
                .orElse("–");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "gemini-nano-banana-2.1, 131072, , 1K 2K 4K",
                "gemini-3.1-flash-image, 131072, 32768, 512 1K 2K 4K",
                "gemini-3.1-flash-lite-image, 65536, 4096, 1K",
                "gemini-3-pro-image, 65536, 32768, 1K 2K 4K",
                "gemini-2.5-flash-image, 32768, 32768, 1K"
            })
    void modelsHaveTheDocumentedTokensAndSizes(String id, Integer tokensIn, Integer tokensOut, String sizes) {
        ModelSpec spec = spec(id);

        assertThat(spec.input().maxTokens()).isEqualTo(Optional.of(tokensIn));
        assertThat(spec.output().maxTokens()).isEqualTo(Optional.ofNullable(tokensOut));
        assertThat(spec.output().sizes().stream().map(ImageSize::wireName).collect(joining(" ")))
                .isEqualTo(sizes);
        assertThat(spec.output().defaultSize()).contains(ImageSize.SIZE_1K);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini-nano-banana-2.1", "gemini-3.1-flash-image", "gemini-3.1-flash-lite-image"})
    void someModelsHaveFourteenRatios(String id) {
        assertThat(spec(id).output().ratios())
                .extracting(AspectRatio::toString)
                .containsExactlyInAnyOrder(FOURTEEN.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini-3-pro-image", "gemini-2.5-flash-image"})
    void someModelsHaveTenRatios(String id) {
        assertThat(spec(id).output().ratios())
                .extracting(AspectRatio::toString)
                .containsExactlyInAnyOrder(TEN.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-nano-banana-2.1,1K,1120,.0336",
        "gemini-nano-banana-2.1,2K,1680,.0504",
        "gemini-nano-banana-2.1,4K,3780,.1134",
        "gemini-3.1-flash-image,512,747,.045",
        "gemini-3.1-flash-image,1K,1120,.067",
        "gemini-3.1-flash-image,2K,1680,.101",
        "gemini-3.1-flash-image,4K,2520,.151",
        "gemini-3.1-flash-lite-image,1K,1120,.0336",
        "gemini-3-pro-image,1K,1120,.134",
        "gemini-3-pro-image,2K,1120,.134",
        "gemini-3-pro-image,4K,2000,.24",
        "gemini-2.5-flash-image,1K,1290,.039"
    })
    void aPictureCostsWhatTheDocumentationSays(String id, String size, int tokens, BigDecimal dollars) {
        TokenPrices prices = tokenPrices(id);

        assertThat(prices.tokensPerImage()).containsEntry(ImageSize.parse(size), tokens);
        assertThat(prices.perImage(ImageSize.parse(size)).orElseThrow().setScale(dollars.scale(), RoundingMode.HALF_UP))
                .isEqualTo(dollars);
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-nano-banana-2.1,1.50,7.50,30",
        "gemini-3.1-flash-image,0.50,3,60",
        "gemini-3.1-flash-lite-image,0.25,1.50,30",
        "gemini-3-pro-image,2,12,120",
        "gemini-2.5-flash-image,0.30,2.50,30"
    })
    void tokensCostWhatTheDocumentationSays(String id, BigDecimal input, BigDecimal text, BigDecimal image) {
        TokenPrices prices = tokenPrices(id);

        assertThat(prices.input()).isEqualByComparingTo(input);
        assertThat(prices.imageInput()).isEqualByComparingTo(input);
        assertThat(prices.textOutput()).isEqualByComparingTo(text);
        assertThat(prices.imageOutput()).isEqualByComparingTo(image);
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-nano-banana-2.1,JPEG",
        "gemini-3.1-flash-image,JPEG",
        "gemini-3.1-flash-lite-image,JPEG",
        "gemini-3-pro-image,JPEG",
        "gemini-2.5-flash-image,PNG"
    })
    void theDeveloperApiAnswersOneFormat(String id, OutputFormat format) {
        assertThat(spec("developer", id).output().formats()).containsExactly(format);
    }

    @Test
    void vertexLetsOneChooseTheFormat() {
        assertThat(spec("vertex", "gemini-3.1-flash-image").output().formats())
                .containsExactlyInAnyOrder(OutputFormat.JPEG, OutputFormat.PNG);
    }

    @Test
    void theInlineLimitsAreThoseOfTheFace() {
        assertThat(spec("developer", "gemini-3.1-flash-image").input().inline())
                .isEqualTo(new ModelInput.InlineLimit(Optional.empty(), Optional.of(100_000_000L)));
        assertThat(spec("vertex", "gemini-3.1-flash-image").input().inline())
                .isEqualTo(new ModelInput.InlineLimit(Optional.of(7_000_000L), Optional.of(500_000_000L)));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-nano-banana-2.1,true",
        "gemini-3.1-flash-image,true",
        "gemini-3.1-flash-lite-image,true",
        "gemini-3-pro-image,true",
        "gemini-2.5-flash-image,false"
    })
    void gemini3WantsItsSignaturesBack(String id, boolean required) {
        assertThat(spec(id).capabilities().signaturesRequired()).isEqualTo(required);
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-nano-banana-2.1,MEDIUM",
        "gemini-3.1-flash-image,MINIMAL",
        "gemini-3.1-flash-lite-image,MINIMAL",
        "gemini-3-pro-image,",
        "gemini-2.5-flash-image,"
    })
    void modelsThinkAsMuchAsDocumented(String id, ThinkingLevel unasked) {
        assertThat(spec(id).capabilities().defaultThinkingLevel()).isEqualTo(Optional.ofNullable(unasked));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-nano-banana-2.1,STABLE",
        "gemini-3.1-flash-image,DEPRECATED",
        "gemini-3.1-flash-lite-image,STABLE",
        "gemini-3-pro-image,STABLE",
        "gemini-2.5-flash-image,STABLE",
        "gemini-3.1-flash-image-preview,RETIRED",
        "gemini-3-pro-image-preview,RETIRED",
        "imagen-4.0-generate-001,RETIRED",
        "imagen-4.0-ultra-generate-001,RETIRED",
        "imagen-4.0-fast-generate-001,RETIRED"
    })
    void modelsAreAsFarInTheirLivesAsGoogleAnnounced(String id, LifeCycle.Stage stage) {
        assertThat(spec(id).lifeCycle().stageOn(LocalDate.parse("2026-10-18"))).isEqualTo(stage);
    }

    @Test
    void everyKnownModelIsOneOfThese() {
        assertThat(catalog.specs())
                .extracting(ModelSpec::id)
                .containsExactly(
                        "gemini-nano-banana-2.1",
                        "gemini-3.1-flash-image",
                        "gemini-3.1-flash-lite-image",
                        "gemini-3-pro-image",
                        "gemini-2.5-flash-image",
                        "gemini-3.1-flash-image-preview",
                        "gemini-3-pro-image-preview",
                        "imagen-4.0-generate-001",
                        "imagen-4.0-ultra-generate-001",
                        "imagen-4.0-fast-generate-001");
    }

    @Test
    void everySuccessorIsInTheCatalog() {
        assertThat(catalog.specs())
                .flatExtracting(spec -> spec.lifeCycle().successor().stream().toList())
                .allSatisfy(id -> assertThat(catalog.find(id)).isPresent());
    }

    @Test
    void everyPriceHasADateAndASource() {
        assertThat(catalog.specs())
                .flatExtracting(spec -> spec.prices().stream().toList())
                .extracting(Prices::provenance)
                .allSatisfy(from -> {
                    assertThat(from.asOf()).isPresent();
                    assertThat(from.source()).startsWith("https://");
                });
    }

    @Test
    void conflictingFactsAreNoted() {
        assertThat(spec("gemini-nano-banana-2.1")
                        .prices()
                        .orElseThrow()
                        .provenance()
                        .note())
                .hasValueSatisfying(note -> assertThat(note).contains("2520"));
        assertThat(spec("gemini-3.1-flash-image").lifeCycle().provenance().note())
                .hasValueSatisfying(note -> assertThat(note).contains("2026-10-29"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemini-3-pro-image",
                "models/gemini-3-pro-image",
                "publishers/google/models/gemini-3-pro-image",
                "projects/p/locations/global/publishers/google/models/gemini-3-pro-image"
            })
    void aModelIsFoundByItsResourceNamesToo(String name) {
        assertThat(catalog.find(name)).map(ModelSpec::id).contains("gemini-3-pro-image");
    }

    @Test
    void anUnknownModelIsNotAnError() {
        assertThat(catalog.find("gemini-9-image")).isEmpty();
        assertThat(catalog.successorOf("gemini-9-image")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3-pro-image-preview,2026-10-18,gemini-3-pro-image",
        "gemini-3.1-flash-image-preview,2026-10-05,gemini-3.1-flash-image",
        "gemini-3.1-flash-image-preview,2026-10-06,gemini-nano-banana-2.1",
        "models/gemini-3.1-flash-image,2026-10-18,gemini-nano-banana-2.1",
        "gemini-2.5-flash-image,2026-10-18,gemini-nano-banana-2.1",
        "imagen-4.0-ultra-generate-001,2026-10-18,gemini-3-pro-image",
        "gemini-nano-banana-2.1,2026-10-18,"
    })
    void theSuccessorIsOneThatWillStay(String id, LocalDate day, String successor) {
        assertThat(catalog.successorOf(id, day)).isEqualTo(Optional.ofNullable(successor));
    }

    private ModelSpec spec(String id) {
        return catalog.find(id).orElseThrow();
    }

    private ModelSpec spec(String face, String id) {
        return catalog.at(face).find(id).orElseThrow();
    }

    private TokenPrices tokenPrices(String id) {
        return (TokenPrices) spec(id).prices().orElseThrow();
    }

    /** As on the pages of the models; video on 3.1 Flash since 2026-05-28, on 2.1 as users report. */
    @ParameterizedTest
    @CsvSource({
        "gemini-nano-banana-2.1, true, true",
        "gemini-3.1-flash-image, true, true",
        "gemini-3.1-flash-lite-image, true, true",
        "gemini-3-pro-image, true, false",
        "gemini-2.5-flash-image, false, false"
    })
    void someModelsTakeDocumentsAndVideosAsContext(String model, boolean documents, boolean videos) {
        List<String> types = catalog.find(model).orElseThrow().input().mimeTypes();

        assertThat(types).contains("image/png", "image/jpeg", "image/webp", "image/heic", "image/heif");
        assertThat(types.contains("application/pdf")).isEqualTo(documents);
        assertThat(types.contains("video/mp4")).isEqualTo(videos);
    }

    @Test
    void theServicesThatCanBeCalledAreThese() {
        assertThat(catalog.services()).containsExactly("google", "anyfast", "aimlapi", "inferencesh", "gmi");
        assertThat(catalog.faces())
                .extracting(ServiceFace::name)
                .containsExactly("developer", "vertex", "anyfast", "aimlapi", "inferencesh", "gmi");
    }

    /** As the documentation of each service has it. */
    @ParameterizedTest
    @CsvSource({
        "developer, gemini-3.1-flash-image, gemini-3.1-flash-image",
        "vertex, gemini-3.1-flash-image, gemini-3.1-flash-image",
        "anyfast, gemini-3.1-flash-image, gemini-3.1-flash-image",
        "anyfast, gemini-2.5-flash-image, gemini-2.5-flash-image",
        "aimlapi, gemini-3.1-flash-image, google/nano-banana-2",
        "aimlapi, gemini-3.1-flash-image-preview, google/gemini-3-1-flash-image-preview",
        "aimlapi, gemini-3.1-flash-lite-image, google/gemini-3-1-flash-lite-image",
        "aimlapi, gemini-nano-banana-2.1, google/gemini-nano-banana-2.1",
        "inferencesh, gemini-3.1-flash-image, google/gemini-3-1-flash-image",
        "inferencesh, gemini-3.1-flash-image-preview, google/gemini-3-1-flash-image-preview",
        "inferencesh, gemini-nano-banana-2.1, google/gemini-nano-banana-2-1",
        "gmi, gemini-3.1-flash-image, gemini-3.1-flash-image-preview",
        "gmi, gemini-3.1-flash-image-preview, gemini-3.1-flash-image-preview",
        "gmi, gemini-3-pro-image, gemini-3-pro-image"
    })
    void servicesHaveTheirOwnNames(String face, String id, String name) {
        assertThat(spec(face, id).nameAtService()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "aimlapi, google/nano-banana-2, gemini-3.1-flash-image",
        "aimlapi, google/gemini-3-1-flash-image-preview, gemini-3.1-flash-image-preview",
        "inferencesh, google/gemini-nano-banana-2-1, gemini-nano-banana-2.1",
        "anyfast, gemini-3.1-flash-image-preview-c, gemini-3.1-flash-image"
    })
    void aModelIsFoundByTheNameOfItsServiceAndKeepsIt(String face, String name, String id) {
        assertThat(spec(face, name).id()).isEqualTo(id);
        assertThat(spec(face, name).nameAtService()).isEqualTo(name);
        assertThat(catalog.idOf(name)).contains(id);
    }

    @Test
    void theNameOfOneServiceMeansNothingAtAnother() {
        assertThat(catalog.find("google/nano-banana-2")).isEmpty();
        assertThat(catalog.at("developer").find("google/nano-banana-2")).isEmpty();
        assertThat(catalog.at("anyfast").find("google/nano-banana-2")).isEmpty();
        assertThat(catalog.idOf("google/nano-banana-9")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "anyfast, gemini-3.1-flash-image, 512 1K 2K 4K, 1:1 3:4 4:3 9:16 16:9, 14",
        "aimlapi, gemini-3.1-flash-image, 1K 2K 4K, 1:1 3:4 4:3 9:16 16:9, 5",
        "aimlapi, gemini-nano-banana-2.1, 1K 2K 4K, 1:1 3:4 4:3 9:16 16:9, 5",
        "inferencesh, gemini-3.1-flash-image, 512 1K 2K 4K, " + FOURTEEN + ", 14",
        "gmi, gemini-3.1-flash-image, 512 1K 2K 4K, " + TEN + ", 14"
    })
    void servicesOfferWhatTheyDocument(String face, String id, String sizes, String ratios, int references) {
        ModelSpec spec = spec(face, id);

        assertThat(spec.output().sizes()).extracting(ImageSize::wireName).containsExactly(sizes.split(" "));
        assertThat(spec.output().ratios())
                .extracting(AspectRatio::toString)
                .containsExactlyInAnyOrder(ratios.split(" "));
        assertThat(spec.input().maxReferenceImages()).contains(references);
    }

    @ParameterizedTest
    @CsvSource({
        "inferencesh, gemini-3.1-flash-image, 512, 0.060000",
        "inferencesh, gemini-3.1-flash-image, 1K, 0.080000",
        "inferencesh, gemini-3.1-flash-image, 2K, 0.120000",
        "inferencesh, gemini-3.1-flash-image, 4K, 0.160000",
        // 178975 of 2000000 credits a dollar
        "aimlapi, gemini-3.1-flash-image, 1K, 0.089488",
        "aimlapi, gemini-3.1-flash-image, 2K,",
        "aimlapi, gemini-3.1-flash-image-preview, 1K, 0.089488",
        "gmi, gemini-3-pro-image, 1K, 0.134000",
        "gmi, gemini-3-pro-image, 2K, 0.134000",
        "gmi, gemini-3-pro-image, 4K, 0.240000"
    })
    void aPictureCostsWhatItsServiceDocuments(String face, String id, String size, BigDecimal dollars) {
        assertThat(spec(face, id).prices().orElseThrow().perImage(ImageSize.parse(size)))
                .isEqualTo(Optional.ofNullable(dollars));
    }

    @ParameterizedTest
    @CsvSource({
        "anyfast, gemini-3.1-flash-image",
        "anyfast, gemini-2.5-flash-image",
        "aimlapi, gemini-nano-banana-2.1",
        "aimlapi, gemini-3.1-flash-lite-image",
        "inferencesh, gemini-nano-banana-2.1",
        "gmi, gemini-3.1-flash-image"
    })
    void noPriceOfGooglesIsTakenForThatOfAnother(String face, String id) {
        assertThat(spec(face, id).prices()).isEmpty();
    }

    @Test
    void aModelThatAServiceDoesNotDocumentIsNotInItsCatalog() {
        assertThat(catalog.at("anyfast").find("gemini-nano-banana-2.1")).isEmpty();
        assertThat(catalog.at("aimlapi").find("gemini-3-pro-image")).isEmpty();
        assertThat(catalog.at("aimlapi").specs()).extracting(ModelSpec::id).doesNotContain("imagen-4.0-generate-001");
    }

    @Test
    void noSuccessorIsAdvisedThatAServiceDoesNotOffer() {
        LocalDate day = LocalDate.parse("2026-11-27");

        assertThat(catalog.at("aimlapi").successorOf("google/nano-banana-2", day))
                .contains("gemini-nano-banana-2.1");
        assertThat(catalog.at("anyfast").successorOf("gemini-3.1-flash-image", day))
                .isEmpty();
    }

    @Test
    void theNameThatGoogleEndedIsStillAliveElsewhere() {
        LocalDate day = LocalDate.parse("2026-11-27");
        String preview = "gemini-3.1-flash-image-preview";

        assertThat(spec("developer", preview).lifeCycle().stageOn(day)).isEqualTo(LifeCycle.Stage.RETIRED);
        assertThat(spec("anyfast", preview).lifeCycle().stageOn(day)).isEqualTo(LifeCycle.Stage.RETIRED);
        assertThat(spec("aimlapi", preview).lifeCycle().stageOn(day)).isEqualTo(LifeCycle.Stage.PREVIEW);
    }

    @Test
    void aFaceThatNobodyKnowsHasTheModelsAsTheyAre() {
        ModelCatalog elsewhere = catalog.at("moon");

        assertThat(elsewhere).isSameAs(catalog);
        assertThat(elsewhere.find("gemini-3.1-flash-image").orElseThrow()).satisfies(model -> {
            assertThat(model.output().ratios())
                    .extracting(AspectRatio::toString)
                    .containsExactlyInAnyOrder(FOURTEEN.split(" "));
            assertThat(model.output().formats()).isEmpty();
            assertThat(model.input().inline())
                    .isEqualTo(new ModelInput.InlineLimit(Optional.empty(), Optional.empty()));
        });
    }

    @Test
    void aFaceIsReadOnce() {
        assertThat(catalog.at("aimlapi")).isSameAs(catalog.at("aimlapi"));
        assertThat(catalog.at("aimlapi").at("developer")).isSameAs(catalog.at("developer"));
    }

    @Test
    void everyFactOfAServiceHasADateAndASource() {
        assertThat(catalog.faces())
                .flatExtracting(face -> List.copyOf(catalog.at(face.name()).specs()))
                .allSatisfy(spec -> assertThat(List.of(
                                spec.input().provenance(),
                                spec.output().provenance(),
                                spec.lifeCycle().provenance()))
                        .allSatisfy(from -> {
                            // Of another API nothing is told but its end.
                            if (!spec.output().sizes().isEmpty()) {
                                assertThat(from.asOf()).isPresent();
                                assertThat(from.source()).startsWith("https://");
                            }
                        }));
    }
}

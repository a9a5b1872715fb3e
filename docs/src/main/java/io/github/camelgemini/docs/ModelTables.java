package io.github.camelgemini.docs;

import static io.github.camelgemini.docs.AsciiDocTable.code;
import static io.github.camelgemini.docs.AsciiDocTable.literal;

import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.Dimensions;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.LifeCycle;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelInput;
import io.github.camelgemini.image.model.ModelOutput;
import io.github.camelgemini.image.model.ModelSpec;
import io.github.camelgemini.image.model.OutputFormat;
import io.github.camelgemini.image.model.PicturePrices;
import io.github.camelgemini.image.model.Prices;
import io.github.camelgemini.image.model.Provenance;
import io.github.camelgemini.image.model.ServiceFace;
import io.github.camelgemini.image.model.TokenPrices;
import io.github.camelgemini.image.model.WireName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The model catalog as tables: outputs, inputs, prices and life cycle of each model. */
final class ModelTables {

    private static final String UNKNOWN = "";
    private static final String GOOGLE = "google";

    private final ModelCatalog catalog;
    private final Collection<ModelSpec> models;

    ModelTables(ModelCatalog catalog) {
        this.catalog = catalog;
        this.models = catalog.specs();
    }

    /** All models with their dates. Without the life cycle stage, which depends on the day. */
    String overview() {
        AsciiDocTable table =
                new AsciiDocTable("5,4,2,2,2,4", "Id", "Name", "Released", "Deprecated", "Shut down", "Successor");
        for (ModelSpec model : models) {
            LifeCycle dates = model.lifeCycle();
            table.row(
                    code(model.id()),
                    literal(model.title()) + (dates.preview() ? " _preview_" : ""),
                    shown(dates.released()),
                    shown(dates.deprecated()),
                    shown(dates.shutdown()),
                    dates.successor().map(AsciiDocTable::code).orElse(UNKNOWN));
        }
        return table.toString();
    }

    /** What matters when one chooses: a row for each model that Google offers. */
    String choice() {
        AsciiDocTable table =
                new AsciiDocTable("5,3,3,2,3,3", "Model", "Name", "One picture", "Batch", "References at most", "Ends");
        for (ModelSpec model : inService()) {
            table.row(
                    code(model.id()),
                    literal(model.title()),
                    model.prices().map(ModelTables::perImage).orElse("not documented"),
                    model.prices().map(ModelTables::inBatch).orElse("not documented"),
                    model.input()
                            .maxReferenceImages()
                            .map(String::valueOf)
                            .or(() -> model.input().recommendedReferenceImages().map(best -> best + " advised"))
                            .orElse("not documented"),
                    ends(model.lifeCycle()));
        }
        return table.toString();
    }

    private static String ends(LifeCycle dates) {
        return Stream.of(
                        dates.deprecated().map(day -> "deprecated " + day),
                        dates.shutdown().map(day -> "shut down " + day))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" +\n"));
    }

    private static String inBatch(Prices prices) {
        if (!(prices instanceof TokenPrices tokens)) {
            return "";
        }
        return Arrays.stream(ImageSize.values())
                .flatMap(size -> tokens.perImage(size).stream()
                        .map(price -> size.wireName() + ": " + cents(price.multiply(tokens.batchFactor()))))
                .findFirst()
                .orElse("");
    }

    /** The prices of pictures and tokens. */
    String prices() {
        AsciiDocTable table = new AsciiDocTable(
                "5,2,2,2,2,2,3,3",
                "Model",
                "Text in",
                "Pictures in",
                "Text and thoughts out",
                "Pictures out",
                "1,000 searches",
                "One picture",
                "Batch, flex, priority");
        for (ModelSpec model : inService()) {
            if (model.prices().orElse(null) instanceof TokenPrices prices) {
                table.row(
                        code(model.id()),
                        dollars(prices.input()),
                        dollars(prices.imageInput()),
                        dollars(prices.textOutput()),
                        dollars(prices.imageOutput()),
                        prices.perThousandSearches().map(ModelTables::dollars).orElse("none"),
                        perImage(prices),
                        factors(prices));
            }
        }
        return table.toString();
    }

    /** The limits of inputs and outputs. */
    String limits() {
        AsciiDocTable table = new AsciiDocTable(
                "4,2,3,4,4,3", "Model", "Tokens in, out", "Reference pictures", "Inline", "Ratios", "Format unasked");
        for (ModelSpec model : inService()) {
            table.row(
                    code(model.id()),
                    count(model.input().maxTokens()) + ", "
                            + count(model.output().maxTokens()),
                    references(model.input()),
                    atGoogle(model, ModelTables::inline),
                    ratios(model),
                    atGoogle(model, offered -> offered.output().formats().stream()
                            .findFirst()
                            .map(OutputFormat::name)));
        }
        return table.toString();
    }

    /** What services other than Google offer, as far as they document it. */
    String services() {
        AsciiDocTable table = new AsciiDocTable(
                "2,4,4,2,3,3,4", "Service", "Model", "Names there", "Sizes", "Ratios", "References", "One picture");
        for (ServiceFace face : others()) {
            for (ModelSpec model : catalog.at(face.name()).specs()) {
                if (isDrawing(model) && isInService(model)) {
                    table.row(
                            literal(face.title()),
                            code(model.id()),
                            Stream.concat(Stream.of(model.nameAtService()), model.aliases().stream())
                                    .map(AsciiDocTable::code)
                                    .collect(Collectors.joining(" +\n")),
                            sizes(model.output()),
                            names(model.output().ratios()),
                            references(model.input()),
                            model.prices()
                                    .map(prices -> perImage(prices) + extras(prices))
                                    .orElse("not documented"));
                }
            }
        }
        return table.toString();
    }

    private List<ServiceFace> others() {
        return catalog.faces().stream()
                .filter(face -> face.available() && !face.service().equals(GOOGLE))
                .toList();
    }

    private static String extras(Prices prices) {
        if (!(prices instanceof PicturePrices each)) {
            return "";
        }
        return Stream.of(Map.entry("each reference", each.perReference()), Map.entry("each search", each.perSearch()))
                .filter(extra -> extra.getValue().signum() > 0)
                .map(extra -> " +\n" + extra.getKey() + ": " + cents(extra.getValue()))
                .collect(Collectors.joining());
    }

    /** The other features of each model. */
    String capabilities() {
        AsciiDocTable table = new AsciiDocTable(
                "5,2,4,2,2,3,2",
                "Model",
                "Sizes",
                "Thinking levels",
                "Google search",
                "Image search",
                "Refuses",
                "Vertex AI location");
        for (ModelSpec model : inService()) {
            table.row(
                    code(model.id()),
                    sizes(model.output()),
                    thinking(model),
                    yesNo(model.capabilities().webSearch()),
                    yesNo(model.capabilities().imageSearch()),
                    model.parametersNotTaken().stream()
                            .sorted()
                            .map(AsciiDocTable::code)
                            .collect(Collectors.joining(" ")),
                    model.capabilities()
                            .vertexLocation()
                            .map(AsciiDocTable::code)
                            .orElse(UNKNOWN));
        }
        return table.toString();
    }

    /** Pixels by ratio and size, with one table for all models that share them. */
    String pixels() {
        Map<Map<AspectRatio, Map<ImageSize, Dimensions>>, List<ModelSpec>> families = inService().stream()
                .filter(model -> !model.output().pixels().isEmpty())
                .collect(Collectors.groupingBy(
                        model -> model.output().pixels(), LinkedHashMap::new, Collectors.toList()));
        return families.entrySet().stream()
                .map(family -> pixels(family.getKey(), family.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** The source of each group of facts, and contradictions between sources. */
    String sources() {
        AsciiDocTable table = new AsciiDocTable("4,2,2,6,7", "Model", "Facts", "As of", "Source", "Note");
        for (ModelSpec model : models) {
            Map<String, Provenance> groups = provenances(model);
            others().forEach(face -> catalog.at(face.name()).find(model.id()).ifPresent(offered -> provenances(offered)
                    .forEach((facts, from) -> {
                        if (!groups.containsValue(from)) {
                            groups.put(facts + " at " + literal(face.title()), from);
                        }
                    })));
            groups.forEach((facts, from) -> table.row(
                    code(model.id()),
                    facts,
                    shown(from.asOf()),
                    from.source(),
                    from.note().map(AsciiDocTable::literal).orElse("")));
        }
        return table.toString();
    }

    private static Map<String, Provenance> provenances(ModelSpec model) {
        Map<String, Provenance> groups = new LinkedHashMap<>();
        groups.put("life cycle", model.lifeCycle().provenance());
        if (isDrawing(model)) {
            groups.put("input", model.input().provenance());
            groups.put("output", model.output().provenance());
            groups.put("capabilities", model.capabilities().provenance());
        }
        model.prices().ifPresent(prices -> groups.put("prices", prices.provenance()));
        return groups;
    }

    /** Models of another API are in the overview only. */
    private static boolean isDrawing(ModelSpec model) {
        return !model.output().sizes().isEmpty();
    }

    /** A preview with an end date counts as shut down, whatever the day. */
    private static boolean isInService(ModelSpec model) {
        return model.lifeCycle().shutdown().isEmpty() || !model.lifeCycle().preview();
    }

    /** All models except previews and models of another API, which are in the overview only. */
    private List<ModelSpec> inService() {
        return models.stream()
                .filter(model -> isDrawing(model) && !model.lifeCycle().preview())
                .toList();
    }

    private static String pixels(Map<AspectRatio, Map<ImageSize, Dimensions>> pixels, List<ModelSpec> family) {
        List<ImageSize> sizes = Arrays.stream(ImageSize.values())
                .filter(size ->
                        family.stream().anyMatch(model -> model.output().sizes().contains(size)))
                .toList();
        List<AspectRatio> ratios = family.stream()
                .flatMap(model -> model.output().ratios().stream())
                .distinct()
                .filter(pixels::containsKey)
                .toList();
        AsciiDocTable table = new AsciiDocTable(
                "1" + ",1".repeat(sizes.size()),
                Stream.concat(Stream.of("Ratio"), sizes.stream().map(ImageSize::wireName))
                        .toArray(String[]::new));
        for (AspectRatio ratio : ratios) {
            Stream<String> cells = sizes.stream()
                    .map(size -> Optional.ofNullable(pixels.get(ratio).get(size)))
                    .map(ModelTables::shown);
            table.row(Stream.concat(Stream.of(ratio.toString()), cells).toArray(String[]::new));
        }
        String names =
                family.stream().map(ModelSpec::id).map(AsciiDocTable::code).collect(Collectors.joining(", "));
        return "." + names + "\n" + table;
    }

    private static String references(ModelInput input) {
        String types = input.mimeTypes().stream()
                .map(type -> type.substring(type.indexOf('/') + 1).toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        String number = input.maxReferenceImages()
                .map(max -> "at most " + max)
                .or(() -> input.recommendedReferenceImages().map(best -> "best with " + best + " at most"))
                .orElse("not documented");
        return number + " (" + types + ")";
    }

    private static Optional<String> inline(ModelSpec model) {
        ModelInput.InlineLimit limit = model.input().inline();
        return Stream.of(
                        limit.bytesPerFile().map(bytes -> megabytes(bytes) + " a picture"),
                        limit.bytesPerRequest().map(bytes -> megabytes(bytes) + " a request"))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + ", " + other);
    }

    private String ratios(ModelSpec model) {
        List<AspectRatio> everywhere = model.output().ratios();
        String more = atGoogle(model, offered -> offered.output().ratios().stream()
                .filter(ratio -> !everywhere.contains(ratio))
                .map(AspectRatio::toString)
                .reduce((one, other) -> one + " " + other));
        return names(everywhere) + (more.isEmpty() ? "" : "; further on " + more);
    }

    private static String names(List<AspectRatio> ratios) {
        return ratios.stream().map(AspectRatio::toString).collect(Collectors.joining(" "));
    }

    /** The differences between Google's two APIs. */
    private String atGoogle(ModelSpec model, Function<ModelSpec, Optional<String>> fact) {
        return catalog.faces().stream()
                .filter(face -> face.service().equals(GOOGLE))
                .flatMap(face -> catalog.at(face.name()).find(model.id()).flatMap(fact).stream()
                        .map(text -> literal(face.title()) + ": " + text))
                .collect(Collectors.joining(". "));
    }

    private static String sizes(ModelOutput output) {
        return output.sizes().stream()
                .map(size -> output.defaultSize().filter(size::equals).isPresent()
                        ? "*" + size.wireName() + "*"
                        : size.wireName())
                .collect(Collectors.joining(" "));
    }

    private static String thinking(ModelSpec model) {
        if (!model.capabilities().thinks().orElse(true)) {
            return "does not think";
        }
        List<String> levels = model.capabilities().thinkingLevels().stream()
                .map(level -> model.capabilities()
                                .defaultThinkingLevel()
                                .filter(level::equals)
                                .isPresent()
                        ? "*" + level.wireName() + "*"
                        : level.wireName())
                .toList();
        return levels.isEmpty() ? "thinks; levels not documented" : String.join(" ", levels);
    }

    private static String perImage(Prices prices) {
        return Arrays.stream(ImageSize.values())
                .flatMap(size -> prices.perImage(size).stream().map(price -> size.wireName() + ": " + cents(price)))
                .collect(Collectors.joining(" +\n"));
    }

    private static String factors(TokenPrices prices) {
        String tiers = prices.tierFactors().entrySet().stream()
                .filter(tier -> tier.getValue().compareTo(BigDecimal.ONE) != 0)
                .sorted(Map.Entry.comparingByKey())
                .map(tier -> tierName(tier.getKey()) + " ×" + tier.getValue())
                .collect(Collectors.joining(" +\n"));
        return "batch ×" + prices.batchFactor() + (tiers.isEmpty() ? "" : " +\n" + tiers);
    }

    private static String tierName(WireName tier) {
        return tier.wireName();
    }

    private static String dollars(BigDecimal amount) {
        return "$" + amount.setScale(2, RoundingMode.HALF_UP);
    }

    /** Pictures cost cents, so tenths of a cent matter. */
    private static String cents(BigDecimal amount) {
        return "$" + amount.setScale(4, RoundingMode.HALF_UP);
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }

    private static String count(Optional<Integer> number) {
        return number.map(value -> String.format(Locale.ROOT, "%,d", value)).orElse("not documented");
    }

    private static String yesNo(Optional<Boolean> value) {
        return value.map(yes -> yes ? "yes" : "no").orElse("not documented");
    }

    private static String shown(Optional<?> value) {
        return value.map(Object::toString).orElse(UNKNOWN);
    }
}

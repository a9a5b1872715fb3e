package io.github.camelgemini.image.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns one entry of the catalog file into a {@link ModelSpec}. */
final class ModelSpecReader {

    /** The field with facts that apply at one face only. */
    static final String AT = "at";

    static final String NAME = "name";
    static final String ALIASES = "aliases";

    private static final String[] OF_TOKENS = {
        "input", "imageInput", "textOutput", "imageOutput", "tokensPerImage", "perThousandSearches", "factors"
    };

    private final JsonNode tables;

    /**
     * @param tables lists and objects that entries refer to by name
     */
    ModelSpecReader(JsonNode tables) {
        this.tables = tables;
    }

    /** A model with its own facts, independent of a service. */
    ModelSpec read(String id, JsonNode entry) {
        JsonFields fields = JsonFields.ofModel(id, "", entry, tables);
        fields.passOver(AT);
        return read(id, id, List.of(), fields);
    }

    /**
     * @param entry the facts that apply at this face, including the model's own
     */
    ModelSpec readAt(String face, String id, JsonNode entry) {
        JsonFields fields = JsonFields.ofModel(id, AT + "." + face + ".", entry, tables);
        String name = fields.text(NAME).orElse(id);
        return read(id, name, fields.list(ALIASES, String::toString), fields);
    }

    private ModelSpec read(String id, String name, List<String> aliases, JsonFields fields) {
        ModelSpec spec = new ModelSpec(
                id,
                fields.text("title").orElse(id),
                name,
                aliases,
                lifeCycle(fields.object("lifeCycle")),
                input(fields.object("input")),
                output(fields.object("output")),
                capabilities(fields.object("capabilities")),
                prices(fields.object("prices")));
        fields.refuseOthers();
        return spec;
    }

    private static LifeCycle lifeCycle(JsonFields fields) {
        return new LifeCycle(
                fields.flag("preview").orElse(false),
                fields.date("released"),
                fields.date("deprecated"),
                fields.date("shutdown"),
                fields.text("successor"),
                provenance(fields));
    }

    private static ModelInput input(JsonFields fields) {
        return new ModelInput(
                fields.count("maxTokens"),
                fields.count("maxReferenceImages"),
                fields.count("recommendedReferenceImages"),
                fields.list("mimeTypes", String::toString),
                inline(fields.object("inline")),
                provenance(fields));
    }

    private static ModelInput.InlineLimit inline(JsonFields fields) {
        return new ModelInput.InlineLimit(fields.bytes("bytesPerFile"), fields.bytes("bytesPerRequest"));
    }

    private static ModelOutput output(JsonFields fields) {
        return new ModelOutput(
                fields.count("maxTokens"),
                fields.text("defaultSize", ImageSize::parse),
                fields.list("sizes", ImageSize::parse),
                fields.list("ratios", AspectRatio::parse),
                fields.map(
                        "pixels",
                        AspectRatio::parse,
                        (ratios, ratio) -> ratios.map(
                                ratio,
                                ImageSize::parse,
                                (sizes, size) -> sizes.required(size, sizes.text(size, Dimensions::parse)))),
                fields.list("formats", OutputFormat::parse),
                provenance(fields));
    }

    private static Capabilities capabilities(JsonFields fields) {
        return new Capabilities(
                fields.flag("thinks"),
                fields.list("thinkingLevels", ThinkingLevel::parse),
                fields.text("defaultThinkingLevel", ThinkingLevel::parse),
                fields.flag("webSearch"),
                fields.flag("imageSearch"),
                fields.flag("signaturesRequired").orElse(false),
                Set.copyOf(fields.list("parametersNotTaken", String::toString)),
                fields.text("vertexLocation"),
                provenance(fields));
    }

    private static Optional<Prices> prices(JsonFields fields) {
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(fields.has("perImage") ? byPicture(fields) : byTokens(fields));
    }

    /** If a service bills by the picture, the token prices of the model do not apply. */
    private static Prices byPicture(JsonFields fields) {
        fields.passOver(OF_TOKENS);
        return new PicturePrices(
                fields.map("perImage", ImageSize::parse, (sizes, size) -> sizes.required(size, sizes.decimal(size))),
                fields.decimal("perReference").orElse(BigDecimal.ZERO),
                fields.decimal("perSearch").orElse(BigDecimal.ZERO),
                provenance(fields));
    }

    private static Prices byTokens(JsonFields fields) {
        fields.passOver("perImage", "perReference", "perSearch");
        BigDecimal input = fields.required("input", fields.decimal("input"));
        JsonFields factors = fields.object("factors");
        return new TokenPrices(
                input,
                fields.decimal("imageInput").orElse(input),
                fields.required("textOutput", fields.decimal("textOutput")),
                fields.required("imageOutput", fields.decimal("imageOutput")),
                fields.map(
                        "tokensPerImage",
                        ImageSize::parse,
                        (tokens, size) -> tokens.required(size, tokens.count(size))),
                fields.decimal("perThousandSearches"),
                factors.decimal("batch").orElse(BigDecimal.ONE),
                factors.map("tiers", ServiceTier::parse, (tiers, tier) -> tiers.required(tier, tiers.decimal(tier))),
                provenance(fields));
    }

    private static Provenance provenance(JsonFields fields) {
        return new Provenance(fields.date("asOf"), fields.text("source").orElse(Provenance.USER), fields.text("note"));
    }
}

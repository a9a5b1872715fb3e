package io.github.camelgemini.emulator;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.schema.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the JSON of one request from its stream; pictures are decoded on the way and never held as text. */
final class BodyParser {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(256 << 20)
                    .maxNestingDepth(200)
                    .build())
            .build();
    private static final Base64Variant BASE64 = Base64Variants.MIME_NO_LINEFEEDS.withPaddingAllowed();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final List<ReferencePicture> pictures = new ArrayList<>();

    private BodyParser(JsonParser parser) {
        this.parser = parser;
    }

    /** Something in the JSON is not what the API can decode. */
    private static final class UndecodableException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Violation violation;

        UndecodableException(Violation violation) {
            super(violation.description());
            this.violation = violation;
        }
    }

    static ParsedBody parse(InputStream in) throws IOException {
        ParsedBody parsed;
        try (JsonParser parser = JSON.createParser(in).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
            BodyParser body = new BodyParser(parser);
            parsed = body.parse();
        }
        // What a refused request still has to say must be heard, or its client gets no answer but a broken pipe.
        in.transferTo(OutputStream.nullOutputStream());
        return parsed;
    }

    private ParsedBody parse() throws IOException {
        try {
            JsonNode json = parser.nextToken() == null ? MissingNode.getInstance() : value("", "");
            if (parser.nextToken() != null) {
                return failed(ApiError.invalidArgument("Invalid JSON payload received. Expected end of input."));
            }
            return new ParsedBody(json, pictures, Optional.empty());
        } catch (UndecodableException e) {
            return failed(ApiError.schema(List.of(e.violation)));
        } catch (JsonProcessingException e) {
            // Without Jackson's note on where the document began.
            String reason = e.getOriginalMessage().replaceFirst("(?s) \\(start marker.*", "");
            return failed(ApiError.invalidArgument("Invalid JSON payload received. " + reason));
        } catch (IOException e) {
            for (ReferencePicture picture : pictures) {
                picture.close();
            }
            throw e;
        }
    }

    private ParsedBody failed(ApiError error) {
        return new ParsedBody(MissingNode.getInstance(), pictures, Optional.of(error));
    }

    private JsonNode value(String parent, String path) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parent, path);
            case START_ARRAY -> array(parent, path);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
            default -> NODES.nullNode();
        };
    }

    private JsonNode integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private JsonNode object(String parent, String path) throws IOException {
        boolean blob = parent.equals("inlineData") || parent.equals("inline_data");
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String at = path.isEmpty() ? name : path + "." + name;
            boolean data = parser.nextToken() == JsonToken.VALUE_STRING && blob && name.equals("data");
            object.set(name, data ? NODES.pojoNode(picture(at)) : value(name, at));
        }
        return object;
    }

    private JsonNode array(String parent, String path) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parent, path + "[" + array.size() + "]"));
        }
        return array;
    }

    private ReferencePicture picture(String path) throws IOException {
        ReferencePicture.Receiver receiver = new ReferencePicture.Receiver();
        try {
            parser.readBinaryValue(BASE64, receiver);
        } catch (IllegalArgumentException | JsonProcessingException notBase64) {
            receiver.discard();
            String snake = path.replace("inlineData", "inline_data");
            throw new UndecodableException(Violation.invalidBase64(snake, "…"));
        } catch (IOException e) {
            receiver.discard();
            throw e;
        }
        ReferencePicture picture = receiver.received();
        pictures.add(picture);
        return picture;
    }
}

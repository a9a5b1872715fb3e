package io.github.camelgemini.emulator.api;

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
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the JSON of a request from its stream. Pictures in Base64 are decoded while they arrive. */
public final class BodyParser {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(256 << 20)
                    .maxNestingDepth(200)
                    .build())
            .build();
    private static final Base64Variant BASE64 = Base64Variants.MIME_NO_LINEFEEDS.withPaddingAllowed();
    private static final Pattern DATA_URI = Pattern.compile("data:([^;,]*);base64,", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]*:", Pattern.CASE_INSENSITIVE);

    /** A multiple of 4, so that pieces can be decoded one by one. */
    private static final int BASE64_CHARACTERS = 64 * 1024;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final PictureFields fields;
    private final List<ReferencePicture> pictures = new ArrayList<>();

    private BodyParser(JsonParser parser, PictureFields fields) {
        this.parser = parser;
        this.fields = fields;
    }

    /** A value in the JSON cannot be decoded. */
    private static final class UndecodableException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Violation violation;

        UndecodableException(Violation violation) {
            super(violation.description());
            this.violation = violation;
        }
    }

    /** Reads a whole request. */
    public static ParsedBody parse(InputStream in, PictureFields fields) throws IOException {
        ParsedBody parsed;
        try (JsonParser parser = JSON.createParser(in).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
            BodyParser body = new BodyParser(parser, fields);
            parsed = body.parse();
        }
        // The rest of a refused request must be read, or its client gets a broken pipe instead of an answer.
        in.transferTo(OutputStream.nullOutputStream());
        return parsed;
    }

    private ParsedBody parse() throws IOException {
        try {
            JsonNode json = parser.nextToken() == null ? MissingNode.getInstance() : value("", "");
            if (parser.nextToken() != null) {
                return failed("Expected end of input.");
            }
            return new ParsedBody(json, pictures, Optional.empty());
        } catch (UndecodableException e) {
            return failed(e.violation);
        } catch (JsonProcessingException e) {
            // Without Jackson's note on where the document began.
            String reason = e.getOriginalMessage().replaceFirst("(?s) \\(start marker.*", "");
            return failed(reason);
        } catch (IOException e) {
            for (ReferencePicture picture : pictures) {
                picture.close();
            }
            throw e;
        }
    }

    private ParsedBody failed(String reason) {
        return failed(new Violation("", "Invalid JSON payload received. " + reason));
    }

    private ParsedBody failed(Violation violation) {
        return new ParsedBody(MissingNode.getInstance(), pictures, Optional.of(violation));
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
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String at = path.isEmpty() ? name : path + "." + name;
            parser.nextToken();
            object.set(name, member(parent, name, at));
        }
        return object;
    }

    private JsonNode array(String parent, String path) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(member(parent, "", path + "[" + array.size() + "]"));
        }
        return array;
    }

    /** @param name of the field; empty for an element of a list */
    private JsonNode member(String parent, String name, String path) throws IOException {
        PictureFields.Form form =
                parser.currentToken() == JsonToken.VALUE_STRING ? fields.of(parent, name) : PictureFields.Form.NONE;
        return switch (form) {
            case NONE -> value(name.isEmpty() ? parent : name, path);
            case BASE64 -> NODES.pojoNode(picture(path));
            case ANY -> anyPicture(parser.getText());
        };
    }

    /** Text that is not a picture is left to the checks of the service. */
    private JsonNode anyPicture(String text) throws IOException {
        Matcher data = DATA_URI.matcher(text);
        boolean dataUri = data.lookingAt();
        if (!dataUri && ADDRESS.matcher(text).lookingAt()) {
            return NODES.textNode(text);
        }
        ReferencePicture.Receiver receiver = new ReferencePicture.Receiver();
        try {
            for (int at = dataUri ? data.end() : 0; at < text.length(); at += BASE64_CHARACTERS) {
                receiver.write(Base64.getDecoder()
                        .decode(text.substring(at, Math.min(text.length(), at + BASE64_CHARACTERS))));
            }
        } catch (IllegalArgumentException notBase64) {
            receiver.discard();
            return NODES.textNode(text);
        }
        ReferencePicture picture = receiver.received(dataUri ? data.group(1) : "");
        pictures.add(picture);
        return NODES.pojoNode(picture);
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

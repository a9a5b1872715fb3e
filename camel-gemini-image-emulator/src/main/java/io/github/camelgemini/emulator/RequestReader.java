package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelgemini.emulator.api.BodyParser;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.ParsedBody;
import io.github.camelgemini.emulator.api.PictureFields;
import io.github.camelgemini.emulator.api.Target;
import io.github.camelgemini.emulator.model.Pixels;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** Turns an HTTP request into the entry for the log. */
final class RequestReader {

    private static final int KEPT_PICTURE_BYTES = 1000;

    private RequestReader() {}

    static ParsedBody body(Request request, Optional<Target> target, PictureFields fields) throws IOException {
        InputStream in = Content.Source.asInputStream(request);
        if (target.filter(Target::upload).isPresent()) {
            return bytes(in);
        }
        boolean gzip = "gzip".equalsIgnoreCase(request.getHeaders().get(HttpHeader.CONTENT_ENCODING));
        return BodyParser.parse(gzip ? new GZIPInputStream(in) : in, fields);
    }

    private static ParsedBody bytes(InputStream in) throws IOException {
        ReferencePicture.Receiver receiver = new ReferencePicture.Receiver();
        try {
            in.transferTo(receiver);
        } catch (IOException e) {
            receiver.discard();
            throw e;
        }
        return new ParsedBody(MissingNode.getInstance(), List.of(receiver.received()), Optional.empty());
    }

    /** The entry for the log. */
    static ReceivedRequest received(Request request, EmulatedService service, Incoming incoming, String prompt) {
        List<ReceivedPicture> pictures = new ArrayList<>();
        ParsedBody body = incoming.body();
        JsonNode kept = keep(body.json(), body.json(), pictures);
        if (incoming.target().filter(Target::upload).isPresent()) {
            body.pictures().forEach(sent -> pictures.add(described(body.json(), sent)));
        }
        return new ReceivedRequest(
                service,
                Instant.now(),
                request.getMethod(),
                request.getHttpURI().getPath(),
                incoming.query(),
                incoming.headers(),
                incoming.target().map(Target::operation).orElse(""),
                incoming.target().map(Target::model).orElse(""),
                kept,
                prompt,
                List.copyOf(pictures));
    }

    static Map<String, List<String>> headers(Request request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (HttpField field : request.getHeaders()) {
            headers.computeIfAbsent(field.getName(), name -> new ArrayList<>()).add(field.getValue());
        }
        return Collections.unmodifiableMap(headers);
    }

    static Map<String, List<String>> query(Request request) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.put(field.getName(), List.copyOf(field.getValues()));
        }
        return Collections.unmodifiableMap(query);
    }

    /** A copy with large pictures replaced. */
    private static JsonNode keep(JsonNode node, JsonNode parent, List<ReceivedPicture> pictures) {
        if (node instanceof POJONode pojo) {
            ReferencePicture picture = (ReferencePicture) pojo.getPojo();
            pictures.add(described(parent, picture));
            return shown(picture);
        }
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                copy.set(field.getKey(), keep(field.getValue(), node, pictures));
            }
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(keep(element, node, pictures)));
            return copy;
        }
        return node;
    }

    private static ReceivedPicture described(JsonNode blob, ReferencePicture picture) {
        Optional<Pixels> pixels = picture.pixels();
        String declared = blob.path("mimeType").asText(blob.path("mime_type").asText());
        String mimeType = declared.isEmpty() ? picture.mimeType() : declared;
        return new ReceivedPicture(
                mimeType,
                picture.length(),
                picture.sha256(),
                pixels.map(Pixels::width).orElse(0),
                pixels.map(Pixels::height).orElse(0));
    }

    private static TextNode shown(ReferencePicture picture) {
        return TextNode.valueOf(picture.bytesIfSmall()
                .filter(bytes -> bytes.length <= KEPT_PICTURE_BYTES)
                .map(Base64.getEncoder()::encodeToString)
                .orElse("[" + picture.length() + " bytes, sha256 " + picture.sha256() + "]"));
    }
}

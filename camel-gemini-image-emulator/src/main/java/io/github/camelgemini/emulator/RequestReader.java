package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
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

/** Turns an HTTP request into what the emulator remembers of it. */
final class RequestReader {

    private static final int KEPT_PICTURE_BYTES = 1000;

    private RequestReader() {}

    static ParsedBody body(Request request, Optional<ApiCall> call) throws IOException {
        InputStream in = Content.Source.asInputStream(request);
        if (call.filter(known -> known.operation().equals(ApiCall.FILES_UPLOAD)).isPresent()) {
            return bytes(in);
        }
        boolean gzip = "gzip".equalsIgnoreCase(request.getHeaders().get(HttpHeader.CONTENT_ENCODING));
        return BodyParser.parse(gzip ? new GZIPInputStream(in) : in);
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

    static ReceivedRequest received(Request request, Optional<ApiCall> call, ParsedBody body) {
        List<ReceivedPicture> pictures = new ArrayList<>();
        JsonNode kept = keep(body.json(), pictures);
        if (call.filter(known -> known.operation().equals(ApiCall.FILES_UPLOAD)).isPresent()) {
            body.pictures().forEach(sent -> pictures.add(described(body.json(), sent)));
        }
        return new ReceivedRequest(
                Instant.now(),
                request.getMethod(),
                request.getHttpURI().getPath(),
                query(request),
                headers(request),
                call.map(ApiCall::operation).orElse(""),
                call.map(ApiCall::model).orElse(""),
                kept,
                new GenerateRequest(body.json()).prompt(),
                List.copyOf(pictures));
    }

    private static Map<String, List<String>> headers(Request request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (HttpField field : request.getHeaders()) {
            headers.computeIfAbsent(field.getName(), name -> new ArrayList<>()).add(field.getValue());
        }
        return Collections.unmodifiableMap(headers);
    }

    private static Map<String, List<String>> query(Request request) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.put(field.getName(), List.copyOf(field.getValues()));
        }
        return Collections.unmodifiableMap(query);
    }

    /** A copy in which pictures are small. */
    private static JsonNode keep(JsonNode node, List<ReceivedPicture> pictures) {
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (field.getValue() instanceof POJONode pojo) {
                    ReferencePicture picture = (ReferencePicture) pojo.getPojo();
                    pictures.add(described(node, picture));
                    copy.set(field.getKey(), shown(picture));
                } else {
                    copy.set(field.getKey(), keep(field.getValue(), pictures));
                }
            }
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(keep(element, pictures)));
            return copy;
        }
        return node;
    }

    private static ReceivedPicture described(JsonNode blob, ReferencePicture picture) {
        Optional<Pixels> pixels = picture.pixels();
        String mimeType = blob.path("mimeType").asText(blob.path("mime_type").asText());
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

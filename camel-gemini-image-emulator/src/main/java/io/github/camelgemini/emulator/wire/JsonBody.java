package io.github.camelgemini.emulator.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** JSON as a body. A {@link Streamed} value (as POJO node) is streamed. */
public final class JsonBody {

    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new SimpleModule().addSerializer(Streamed.class, new Cutter()));

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final List<Body> pieces = new ArrayList<>();

    private JsonBody() {}

    /** Writes this JSON, as one line. */
    public static Body of(JsonNode json) {
        JsonBody body = new JsonBody();
        try {
            JSON.writer().withAttribute(JsonBody.class, body).writeValue(body.text, json);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        body.takeText();
        return Body.concat(body.pieces);
    }

    private void takeText() {
        pieces.add(Body.of(text.toByteArray()));
        text.reset();
    }

    private static final class Cutter extends JsonSerializer<Streamed> {
        @Override
        public void serialize(Streamed value, JsonGenerator out, SerializerProvider provider) throws IOException {
            JsonBody body = (JsonBody) provider.getAttribute(JsonBody.class);
            out.writeRawValue("\"");
            out.flush();
            body.takeText();
            body.pieces.add(value.body());
            out.writeRaw('"');
        }
    }
}

package io.github.camelgemini.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import io.github.camelgemini.emulator.schema.Violation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The JSON of a request.
 *
 * @param json with a {@link ReferencePicture} (as POJO node) in place of each picture; missing when there is none
 * @param pictures all pictures, in order
 * @param error why it is not JSON, without a field; or what could not be decoded, with the path of its field
 */
public record ParsedBody(JsonNode json, List<ReferencePicture> pictures, Optional<Violation> error)
        implements AutoCloseable {

    @Override
    public void close() throws IOException {
        for (ReferencePicture picture : pictures) {
            picture.close();
        }
    }
}

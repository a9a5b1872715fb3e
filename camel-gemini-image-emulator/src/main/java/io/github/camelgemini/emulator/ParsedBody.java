package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A request's JSON.
 *
 * @param json with a {@link ReferencePicture} (as POJO node) in place of each inline data; missing when there is none
 * @param pictures all of those, in order
 * @param error why it is no JSON, or what could not be decoded
 */
record ParsedBody(JsonNode json, List<ReferencePicture> pictures, Optional<ApiError> error) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        for (ReferencePicture picture : pictures) {
            picture.close();
        }
    }
}

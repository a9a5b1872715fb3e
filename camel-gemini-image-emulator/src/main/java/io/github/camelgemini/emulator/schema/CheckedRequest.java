package io.github.camelgemini.emulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A request as the schema understands it.
 *
 * @param json with field names in camelCase, however they were sent; without fields that are unknown
 * @param violations everything that the schema does not allow, in the order of the request
 */
public record CheckedRequest(JsonNode json, List<Violation> violations) {}

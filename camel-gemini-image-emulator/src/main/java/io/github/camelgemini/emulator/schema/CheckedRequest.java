package io.github.camelgemini.emulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A request after the check against the schema.
 *
 * @param json without unknown fields, all names in camelCase
 * @param violations everything that the schema does not allow, in the order of the request
 */
public record CheckedRequest(JsonNode json, List<Violation> violations) {}

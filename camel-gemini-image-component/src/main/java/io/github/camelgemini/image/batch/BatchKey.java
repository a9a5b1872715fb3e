package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.model.Asked;

/**
 * A request of a batch as it is remembered.
 *
 * @param key unique in the batch
 * @param asked what its result cannot be priced without
 * @param request the request itself as {@code generate} reads it, where it is kept to be asked again; null otherwise
 */
public record BatchKey(String key, Asked asked, JsonNode request) {}

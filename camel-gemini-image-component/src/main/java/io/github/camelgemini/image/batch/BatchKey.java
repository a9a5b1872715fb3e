package io.github.camelgemini.image.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.model.Asked;

/**
 * The stored data of a request in a batch.
 *
 * @param key unique in the batch
 * @param asked the request data that the price depends on
 * @param request the request as {@code generate} reads it, if it may be submitted again; null otherwise
 */
public record BatchKey(String key, Asked asked, JsonNode request) {}

package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A body with a JSON request that was already read.
 *
 * @param fields from {@link io.github.camelgemini.image.payload.json.RequestJson}; the caller discards their payloads
 */
record RequestTree(ObjectNode fields) {}

package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A request in JSON that has been read, as body.
 *
 * @param fields as {@link io.github.camelgemini.image.payload.json.RequestJson} makes them, with payloads that somebody else
 *     discards
 */
record RequestTree(ObjectNode fields) {}

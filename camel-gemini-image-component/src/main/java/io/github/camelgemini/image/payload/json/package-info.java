/**
 * Streams Base64 into and out of JSON, so that a picture is never a string.
 *
 * <p>{@link io.github.camelgemini.image.payload.json.ResponseJson} decodes the pictures of an answer while it arrives,
 * and {@link io.github.camelgemini.image.payload.json.RequestJson} those of a JSON request, each into a {@link
 * io.github.camelgemini.image.payload.Payload}. {@link io.github.camelgemini.image.payload.json.PayloadRequestBody}
 * encodes pictures while a request is sent.
 */
package io.github.camelgemini.image.payload.json;

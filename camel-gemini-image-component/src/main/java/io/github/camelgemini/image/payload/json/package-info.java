/**
 * Base64 streamed into and out of JSON, so that a picture is never a string.
 *
 * <p>{@link io.github.camelgemini.image.payload.json.ResponseJson} decodes the pictures of an answer on their way from the socket,
 * {@link io.github.camelgemini.image.payload.json.RequestJson} those of a request that is JSON, each into a
 * {@link io.github.camelgemini.image.payload.Payload}; {@link io.github.camelgemini.image.payload.json.PayloadRequestBody} encodes
 * pictures on their way out.
 */
package io.github.camelgemini.image.payload.json;

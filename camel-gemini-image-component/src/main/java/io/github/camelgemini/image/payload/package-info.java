/**
 * Where the bytes of a picture are, and Base64 streamed into and out of JSON.
 *
 * <p>A picture is a stream, never a string: {@link io.github.camelgemini.image.payload.ResponseJson} decodes the Base64
 * of an answer on its way from the socket into a {@link io.github.camelgemini.image.payload.Payload}, and
 * {@link io.github.camelgemini.image.payload.PayloadRequestBody} encodes pictures on their way out. The bytes live in
 * a {@link io.github.camelgemini.image.payload.PayloadStore}: those of ordinary size in the heap, large ones in files, each for as long as anybody can reach it.
 */
package io.github.camelgemini.image.payload;

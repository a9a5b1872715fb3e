/**
 * The bytes of a picture: where they are stored, and what they contain.
 *
 * <p>A picture is a stream, never a string. Its bytes are a {@link io.github.camelgemini.image.payload.Payload},
 * created by a {@link io.github.camelgemini.image.payload.PayloadStore}. Payloads of ordinary size are in the heap,
 * large ones in files. They stay as long as they are reachable.
 */
package io.github.camelgemini.image.payload;

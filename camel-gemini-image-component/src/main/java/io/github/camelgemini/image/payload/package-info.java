/**
 * The bytes of a picture: where they are, and what they say about it.
 *
 * <p>A picture is a stream, never a string. Its bytes are a {@link io.github.camelgemini.image.payload.Payload}, made by a
 * {@link io.github.camelgemini.image.payload.PayloadStore}: those of ordinary size in the heap, large ones in files, each for as
 * long as anybody can reach it.
 */
package io.github.camelgemini.image.payload;

package io.github.camelgemini.emulator;

/**
 * A picture that was sent inline in a request.
 *
 * @param mimeType as the request declared it; empty when it did not
 * @param length in bytes
 * @param sha256 of the bytes, in lower-case hexadecimal
 * @param width in pixels; 0 when Java cannot read the picture (WebP and HEIC, for example)
 * @param height in pixels; 0 when Java cannot read the picture
 */
public record ReceivedPicture(String mimeType, long length, String sha256, int width, int height) {}

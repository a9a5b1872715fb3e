/**
 * Draws the pictures: real ones, of the exact size asked for, without any font installed. Not meant for users of the
 * emulator.
 */
package io.github.camelgemini.emulator.picture;

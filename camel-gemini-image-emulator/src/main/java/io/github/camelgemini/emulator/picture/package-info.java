/** Draws pictures of the exact requested size, without installed fonts. Internal to the emulator. */
package io.github.camelgemini.emulator.picture;

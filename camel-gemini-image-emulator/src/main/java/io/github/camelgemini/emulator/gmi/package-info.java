/** The emulated GMI Cloud. Not meant for users of the emulator. */
package io.github.camelgemini.emulator.gmi;

/** The emulation of GMI Cloud. Internal to the emulator. */
package io.github.camelgemini.emulator.gmi;

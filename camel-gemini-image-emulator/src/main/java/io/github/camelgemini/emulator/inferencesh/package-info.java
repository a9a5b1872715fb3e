/** The emulation of inference.sh. Internal to the emulator. */
package io.github.camelgemini.emulator.inferencesh;

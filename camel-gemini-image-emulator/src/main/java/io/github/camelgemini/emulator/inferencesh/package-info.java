/** The emulated inference.sh. Not meant for users of the emulator. */
package io.github.camelgemini.emulator.inferencesh;

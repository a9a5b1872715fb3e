/**
 * The transfer of responses: bodies that are created while they are sent, and all faults of the connection. Internal to
 * the emulator.
 */
package io.github.camelgemini.emulator.wire;

/** Which fields a request may have. Not meant for users of the emulator. */
package io.github.camelgemini.emulator.schema;

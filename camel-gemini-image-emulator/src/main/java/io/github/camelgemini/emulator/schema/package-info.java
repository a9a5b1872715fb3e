/** The fields of requests. Internal to the emulator. */
package io.github.camelgemini.emulator.schema;

/** AnyFast: the format of Google's API, with its own names, limits, keys and errors. Internal to the emulator. */
package io.github.camelgemini.emulator.anyfast;

/** AnyFast: Google's dialect with names, limits, keys and errors of its own. Not meant for users of the emulator. */
package io.github.camelgemini.emulator.anyfast;

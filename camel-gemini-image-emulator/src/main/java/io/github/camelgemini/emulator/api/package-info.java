/**
 * What every service on the emulator's server is, what it is given and what it gives. Not meant for users of the
 * emulator.
 */
package io.github.camelgemini.emulator.api;

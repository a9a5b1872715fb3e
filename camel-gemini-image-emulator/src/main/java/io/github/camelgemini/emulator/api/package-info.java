/** The interface of a service on the emulator's server. Internal to the emulator. */
package io.github.camelgemini.emulator.api;

/** Common parts of services with a queue. Internal to the emulator. */
package io.github.camelgemini.emulator.queue;

/** What services have in common that take a request into a queue and draw it later. Not meant for users of the emulator. */
package io.github.camelgemini.emulator.queue;

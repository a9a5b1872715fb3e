/** The clock for queues and batches. */
package io.github.camelgemini.emulator.time;

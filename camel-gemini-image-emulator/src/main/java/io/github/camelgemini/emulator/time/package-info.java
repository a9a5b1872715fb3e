/** The time that what is drawn later goes by. */
package io.github.camelgemini.emulator.time;

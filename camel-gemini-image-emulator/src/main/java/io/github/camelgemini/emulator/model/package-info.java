/** The properties of each image model. Internal to the emulator. */
package io.github.camelgemini.emulator.model;

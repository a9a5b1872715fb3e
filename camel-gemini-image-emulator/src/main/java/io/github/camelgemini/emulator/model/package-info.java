/** What the emulator knows about each image model. Not meant for users of the emulator. */
package io.github.camelgemini.emulator.model;

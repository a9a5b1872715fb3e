/** Google's own service: credentials, files, batches, lists of models, and errors. Internal to the emulator. */
package io.github.camelgemini.emulator.google;

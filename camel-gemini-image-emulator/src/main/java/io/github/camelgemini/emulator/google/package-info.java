/** Google's own service: credentials, files, lists of models, and errors in its words. Not meant for users of the emulator. */
package io.github.camelgemini.emulator.google;

/** The format of Google's API, for all services that use it: requests, checks and answers. Internal to the emulator. */
package io.github.camelgemini.emulator.gemini;

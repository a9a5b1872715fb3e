/**
 * Google's Gemini image API on this machine, and other services of the same models: no key, no network, no cost.
 *
 * <p>Start with {@link io.github.camelgemini.emulator.GeminiEmulator}; in a JUnit test with
 * {@link io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension}.
 */
package io.github.camelgemini.emulator;

/**
 * Emulates Google's Gemini image API, and other services with the same models: no key, no network, no cost.
 *
 * <p>Start with {@link io.github.camelgemini.emulator.GeminiEmulator}, or in a JUnit test with {@link
 * io.github.camelgemini.emulator.junit5.GeminiEmulatorExtension}.
 */
package io.github.camelgemini.emulator;

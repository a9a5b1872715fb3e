/** The dialect of Google's API, whoever speaks it: its requests, checks and answers. Not meant for users of the emulator. */
package io.github.camelgemini.emulator.gemini;

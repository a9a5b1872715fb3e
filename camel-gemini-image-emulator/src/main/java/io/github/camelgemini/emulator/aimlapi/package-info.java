/** AI/ML API: an API like OpenAI's image API. Internal to the emulator. */
package io.github.camelgemini.emulator.aimlapi;

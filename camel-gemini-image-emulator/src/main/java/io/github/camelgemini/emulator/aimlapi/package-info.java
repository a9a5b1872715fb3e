/** AI/ML API: pictures as OpenAI's image API gives them. Not meant for users of the emulator. */
package io.github.camelgemini.emulator.aimlapi;

/** AI/ML API ({@code service=aimlapi}): one picture for each call, which looks like OpenAI's. */
package io.github.camelgemini.image.backend.aimlapi;

/** AI/ML API ({@code service=aimlapi}): an API like OpenAI's, with one picture for each call. */
package io.github.camelgemini.image.backend.aimlapi;

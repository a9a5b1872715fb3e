/**
 * AnyFast ({@code service=anyfast}): forwards {@code generateContent} to Google. It takes the key in the query, has its
 * own errors and, for some keys, answers with URLs instead of pictures.
 */
package io.github.camelgemini.image.backend.anyfast;

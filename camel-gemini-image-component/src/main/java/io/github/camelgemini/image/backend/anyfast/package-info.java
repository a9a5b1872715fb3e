/**
 * {@code service=anyfast}: AnyFast, which passes {@code generateContent} on, with a key in the query, errors of its own and, for
 * some keys, addresses in place of pictures.
 */
package io.github.camelgemini.image.backend.anyfast;

/** Fetches reference pictures that a route or a message names by {@code https:} or {@code http:}. */
package io.github.camelgemini.image.request.fetch;

/** Fetches reference images that a route or a message refers to by {@code https:} or {@code http:}. */
package io.github.camelgemini.image.request.fetch;

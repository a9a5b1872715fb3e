/**
 * Protects credentials, and makes text from outside safe to show.
 *
 * <p>{@link io.github.camelgemini.image.secret.Secrets} knows the credentials in use and removes them from a text.
 * {@link io.github.camelgemini.image.secret.OutsideText} makes a text safe for messages, log lines and headers. {@link
 * io.github.camelgemini.image.secret.OutsideFailure} does the same for an exception of a library and its causes.
 */
package io.github.camelgemini.image.secret;

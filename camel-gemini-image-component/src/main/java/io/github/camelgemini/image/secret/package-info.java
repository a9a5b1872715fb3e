/**
 * What must not be told, and texts of others as they may be told.
 *
 * <p>{@link io.github.camelgemini.image.secret.Secrets} knows the credentials in use and takes them out of a text;
 * {@link io.github.camelgemini.image.secret.OutsideText} makes of a text of others one for messages, log lines and headers;
 * {@link io.github.camelgemini.image.secret.OutsideFailure} does so with an exception of a library and its causes.
 */
package io.github.camelgemini.image.secret;

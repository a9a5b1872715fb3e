/** The consumer that delivers results of batches, and the webhook that wakes it. */
package io.github.camelgemini.image.consume;

/** Consumers: what is drawn later, brought when it is done; and the webhook by which a service says that it is. */
package io.github.camelgemini.image.consume;

/**
 * The producers, one for each operation, and the endpoints beside them that are told of progress and keep pictures. They know
 * nothing of the endpoint that makes them but what it gives them as {@link io.github.camelgemini.image.produce.ProducerMeans}.
 */
package io.github.camelgemini.image.produce;

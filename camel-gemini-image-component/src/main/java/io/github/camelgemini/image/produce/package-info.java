/**
 * The producers, one for each operation. They know the endpoint only as {@link
 * io.github.camelgemini.image.produce.ProducerMeans}.
 */
package io.github.camelgemini.image.produce;

/**
 * Batches of any size: how they are stored, how they are divided into jobs of a service ({@code backend.batch}), and
 * how each result is delivered once.
 */
package io.github.camelgemini.image.batch;

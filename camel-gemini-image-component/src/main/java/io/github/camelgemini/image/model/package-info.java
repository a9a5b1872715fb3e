/**
 * Values of requests and answers: ratios, sizes, formats, thresholds, tokens, prices, and the catalog of models.
 * Depends on the JDK and, to read the catalog, on Jackson.
 */
package io.github.camelgemini.image.model;

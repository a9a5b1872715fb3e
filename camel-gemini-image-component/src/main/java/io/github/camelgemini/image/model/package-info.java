/**
 * The nouns of the field: ratios, sizes, formats, thresholds, tokens, prices, and the catalog of models. Needs nothing
 * but the JDK and, to read the catalog, Jackson.
 */
package io.github.camelgemini.image.model;

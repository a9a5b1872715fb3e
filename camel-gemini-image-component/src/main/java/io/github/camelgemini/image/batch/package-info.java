/**
 * Batches of any size: how they are remembered, made of the jobs of a service ({@code backend.batch}), and how what they drew is
 * brought, each result once.
 */
package io.github.camelgemini.image.batch;

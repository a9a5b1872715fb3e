/**
 * What is drawn later: a service makes <em>jobs</em>, of many requests (Google's batches) or of one (a queue). Above it,
 * {@code batch} makes batches of any size out of jobs, and remembers them.
 */
package io.github.camelgemini.image.backend.batch;

/**
 * Requests that are processed later. A service runs <em>jobs</em>: with many requests (Google's batches), or with one
 * (a queue). The package {@code batch} makes batches of any size out of jobs, and stores their state.
 */
package io.github.camelgemini.image.backend.batch;

/**
 * Files for what is too large for the heap: in a folder that nobody else reads, removed when nobody reaches them any more, and
 * by the next process where this one is killed. Knows nothing of pictures.
 */
package io.github.camelgemini.image.payload.spool;

/**
 * Files for data that is too large for the heap. They are in a folder that only the owner can read. They are deleted
 * when they are unreachable, or by the next process if this one is killed. This package knows nothing of pictures.
 */
package io.github.camelgemini.image.payload.spool;

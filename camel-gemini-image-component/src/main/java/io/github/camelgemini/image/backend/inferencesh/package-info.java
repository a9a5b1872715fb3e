/** inference.sh ({@code service=inferencesh}): tasks in a queue. Their pictures are downloaded from URLs. */
package io.github.camelgemini.image.backend.inferencesh;

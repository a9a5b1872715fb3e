/** inference.sh: tasks in a queue, whose pictures are given by their addresses. */
package io.github.camelgemini.image.backend.inferencesh;

/** Stores results under the id of their request, so that the same request is not billed twice. */
package io.github.camelgemini.image.repository;

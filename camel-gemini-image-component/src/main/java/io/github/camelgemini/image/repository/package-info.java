/** Results that are kept under the id of their request, so that the same request is not paid for twice. */
package io.github.camelgemini.image.repository;

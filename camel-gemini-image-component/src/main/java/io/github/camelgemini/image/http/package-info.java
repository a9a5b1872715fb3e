/** Additions to OkHttp. */
package io.github.camelgemini.image.http;

/** What OkHttp does not do by itself, for whoever calls by it. */
package io.github.camelgemini.image.http;

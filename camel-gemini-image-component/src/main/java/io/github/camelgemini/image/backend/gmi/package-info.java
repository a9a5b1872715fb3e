/** GMI Cloud ({@code service=gmi}): a queue of requests, most of which are drawn while their submission is answered. */
package io.github.camelgemini.image.backend.gmi;

/** GMI Cloud ({@code service=gmi}): a request queue. Most pictures are made while their submission is answered. */
package io.github.camelgemini.image.backend.gmi;

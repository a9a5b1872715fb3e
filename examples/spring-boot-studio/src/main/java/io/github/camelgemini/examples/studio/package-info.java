/** A web page and a REST API that draw and edit pictures: Spring Boot, the starter, Camel's REST DSL. */
package io.github.camelgemini.examples.studio;

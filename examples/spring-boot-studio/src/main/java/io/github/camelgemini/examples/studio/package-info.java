/** A web page and a REST API for making and editing pictures, with Spring Boot, the starter, and Camel's REST DSL. */
package io.github.camelgemini.examples.studio;

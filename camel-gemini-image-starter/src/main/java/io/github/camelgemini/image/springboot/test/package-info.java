/** Support for tests of Spring Boot applications. */
package io.github.camelgemini.image.springboot.test;

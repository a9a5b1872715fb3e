/** Auto-configuration of the component gemini-image in Spring Boot. */
package io.github.camelgemini.image.springboot;

/** Spring Boot auto-configuration for the component {@code gemini-image}. */
package io.github.camelgemini.image.springboot;

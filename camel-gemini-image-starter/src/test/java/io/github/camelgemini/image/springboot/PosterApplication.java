package io.github.camelgemini.image.springboot;

import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** An application with one route: a prompt goes in at {@code direct:poster}, a picture comes back. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(PosterRoute.class)
class PosterApplication {

    /** Starts it; properties are {@code name=value} and belong to {@code camel.component.gemini-image.}. */
    static ConfigurableApplicationContext start(String... properties) {
        return startWith(PosterApplication.class, properties);
    }

    /** Starts it with the beans of a class more. */
    static ConfigurableApplicationContext startWith(Class<?> beans, String... properties) {
        return new SpringApplicationBuilder(PosterApplication.class, beans)
                .run(Stream.of(properties)
                        .map(property -> "--camel.component.gemini-image." + property)
                        .toArray(String[]::new));
    }

    static byte[] draw(ConfigurableApplicationContext application, String prompt) {
        return application.getBean(ProducerTemplate.class).requestBody("direct:poster", prompt, byte[].class);
    }
}

package io.github.camelgemini.image.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the application, draws one picture, and stops. */
public final class PosterMain {

    private PosterMain() {}

    public static void main(String[] args) {
        try (ConfigurableApplicationContext application = SpringApplication.run(PosterApplication.class, args)) {
            System.out.println("Drew " + PosterApplication.draw(application, "A fern").length + " bytes");
        }
    }
}

package io.github.camelgemini.examples.studio;

import io.github.camelgemini.image.conversation.ConversationRepository;
import io.github.camelgemini.image.conversation.InMemoryConversationRepository;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The application. Uses Google if the environment has a key, or else the emulator. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class Studio {

    private static final String EMULATOR = "emulator";

    /** Runs until Ctrl-C. Ends the JVM with status 1 when its port is in use. */
    public static void main(String[] args) {
        SpringApplication application = application(System.getenv());
        application.addListeners((ApplicationListener<ApplicationEnvironmentPreparedEvent>)
                event -> requireFreePort(event.getEnvironment()));
        application.run(args);
    }

    /** Spring Boot reports a port in use only after it has started everything else. */
    private static void requireFreePort(Environment environment) {
        int port = environment.getProperty("server.port", Integer.class, 8080);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(environment.getProperty("server.address", "127.0.0.1"), port));
        } catch (IOException taken) {
            System.out.println(
                    "Port " + port + " is used by another program. Choose another with -Dport=" + (port + 1) + ".");
            System.exit(1);
        }
    }

    // tag::application[]
    static SpringApplication application(Map<String, String> environment) {
        SpringApplication application = new SpringApplication(Studio.class);
        boolean key = Stream.of("GOOGLE_API_KEY", "GEMINI_API_KEY")
                .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
        if (!key) {
            application.setAdditionalProfiles(EMULATOR);
        }
        return application;
    }
    // end::application[]

    /** A bean, so that {@link Pictures} can check whether a conversation exists. */
    @Bean
    ConversationRepository conversations() {
        return new InMemoryConversationRepository();
    }

    @EventListener
    void sayWhere(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        boolean emulated = environment.acceptsProfiles(Profiles.of(EMULATOR));
        System.out.println(
                emulated
                        ? "The emulator draws, on this machine: no key, no network, no cost."
                        : "Google draws, and bills each picture to your key.");
        System.out.println("Open http://localhost:" + environment.getProperty("local.server.port")
                + "   (stop with Ctrl+C; the API is described at /api/openapi.json)");
    }
}

package io.github.camelgemini.image.springboot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Runs an emulator of the Gemini API for a Spring Boot test, and sends all calls of {@code gemini-image:} to it,
 * whatever properties, beans and URIs of endpoints say.
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureGeminiEmulator
 * class PosterTest {
 *     @Autowired
 *     GeminiEmulator emulator;
 * }
 * }</pre>
 *
 * <p>The emulator is a bean of type {@link io.github.camelgemini.emulator.GeminiEmulator}. Before each test, faults,
 * requests and files are removed. The emulator is stopped with the application context. Spring reuses the context for
 * later test classes with the same configuration. Test slices without Camel get Camel and the component too; import
 * their routes.
 *
 * <p>Needs {@code camel-gemini-image-emulator} and {@code spring-boot-starter-test} in scope test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureGeminiEmulator {

    /** Whether to run an emulator; false overrides the annotation of a superclass. */
    boolean enabled() default true;

    /**
     * Whether the application's credentials, including those in beans and URIs, are ignored. If false, an application
     * with credentials does not start.
     */
    boolean ignoreCredentials() default true;

    /** The port to listen on. 0 means any free port. */
    int port() default 0;
}

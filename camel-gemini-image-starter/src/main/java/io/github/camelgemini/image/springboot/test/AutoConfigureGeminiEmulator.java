package io.github.camelgemini.image.springboot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Runs an emulator of the Gemini API with the application of a test, and sends the calls of {@code gemini-image:} there,
 * wherever properties, beans and URIs of endpoints lead.
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
 * <p>The emulator is a bean of type {@link io.github.camelgemini.emulator.GeminiEmulator}; before each test it forgets
 * faults, requests and files. It lives as long as the application context, which Spring keeps for later test classes
 * that are set up alike. Slices, which have no Camel of their own, get Camel and the component as well; their routes are
 * to be imported.
 *
 * <p>Needs {@code camel-gemini-image-emulator} and {@code spring-boot-starter-test} in scope test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureGeminiEmulator {

    /** Whether there is an emulator; false takes back what a superclass says. */
    boolean enabled() default true;

    /**
     * Whether credentials that the application has, its beans and URIs included, are left unused. If false, such an
     * application does not start.
     */
    boolean ignoreCredentials() default true;

    /** The port to listen on. 0 means any free port. */
    int port() default 0;
}

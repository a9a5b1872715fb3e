package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Endpoint;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route wrote into the URI of an endpoint that should not be there. */
@Timeout(60)
class SecretsInUrisTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final AbstractAppender appender = new AbstractAppender("warnings", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            if (event.getLevel() == Level.WARN && event.getLoggerName().endsWith(".SecretsInUris")) {
                warnings.add(event.getMessage().getFormattedMessage());
            }
        }
    };
    private Logger root;

    @BeforeEach
    void listen() {
        appender.start();
        root = ((LoggerContext) LogManager.getContext(false)).getRootLogger();
        root.addAppender(appender);
    }

    @AfterEach
    void end() {
        root.removeAppender(appender);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://marked-anna:marked-word@host.invalid/path",
                "https://marked-anna:marked-word%40x@host.invalid",
                "https%3A%2F%2Fmarked-anna%3Amarked-word%40host.invalid",
                "RAW(http://marked-anna:marked@word@host.invalid)"
            })
    void userOfTheBaseUrlIsShownNowhere(String baseUrl) throws Exception {
        String uri = "gemini-image:generate?model=m&baseUrl=" + baseUrl;
        Endpoint endpoint = routes.context().getEndpoint(uri);

        Throwable refused = catchThrowable(() -> routes.send(uri, "a cat"));

        assertThat(refused).hasMessageContaining("has a user or password before the host");
        assertThat(refused
                        + " "
                        + endpoint
                        + endpoint.getEndpointUri()
                        + endpoint.getEndpointKey()
                        + console()
                        + management())
                .contains("host.invalid")
                .doesNotContain("marked-anna")
                .doesNotContain("marked-word")
                .doesNotContain("word@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiKey=" + EmulatedRoutes.KEY,
                "ApiKey=RAW(" + EmulatedRoutes.KEY + ")",
                "apiKey={{key-of-the-place}}"
            })
    void keyInAUriIsAWarningOnce(String option) {
        routes.context().getPropertiesComponent().addInitialProperty("key-of-the-place", EmulatedRoutes.KEY);

        routes.context().getEndpoint("gemini-image:generate?" + option);
        routes.context().getEndpoint("gemini-image:edit?" + option);

        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0))
                .contains("apiKey", "gemini-image://generate", "camel.component.gemini-image.api-key")
                .doesNotContain(EmulatedRoutes.KEY);
    }

    @Test
    void keyOfTheComponentIsNoWarning() {
        routes.context().getEndpoint("gemini-image:generate?imageSize=1K");

        assertThat(warnings).isEmpty();
    }

    private String console() {
        return String.valueOf(routes.context()
                .getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .resolveById("gemini-image")
                .call(DevConsole.MediaType.TEXT, Map.of()));
    }

    private String management() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        StringBuilder told = new StringBuilder();
        for (ObjectName name : beans.queryNames(
                new ObjectName("org.apache.camel:context=" + routes.context().getName() + ",type=endpoints,*"), null)) {
            told.append(name);
            for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
                told.append(' ').append(beans.getAttribute(name, attribute.getName()));
            }
        }
        return told.toString();
    }
}

package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.observation.EndingModels;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
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
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the log says, when a route starts, of a model that ends. */
class EndingModelsTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final AbstractAppender appender = new AbstractAppender("warnings", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            if (event.getLevel() == Level.WARN && event.getLoggerName().equals(EndingModels.class.getName())) {
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
    void stop() {
        root.removeAppender(appender);
    }

    private void start(String... uris) throws Exception {
        RouteBuilder.addRoutes(routes.context(), b -> {
            for (String uri : uris) {
                b.from("direct:" + Math.abs(uri.hashCode())).to(uri);
            }
        });
    }

    @Test
    void deprecatedModelIsNamedOnceWithDateAndSuccessor() throws Exception {
        start("gemini-image:generate?model=gemini-3.1-flash-image", "gemini-image:edit?model=gemini-3.1-flash-image");

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("Model gemini-3.1-flash-image has been deprecated since 2026-10-06")
                .contains("without a shutdown date", "gemini-nano-banana-2.1");
    }

    @Test
    void modelThatIsGoneIsNamedAlsoAsFallback() throws Exception {
        start("gemini-image:generate?model=gemini-nano-banana-2.1&fallbackModels=gemini-3-pro-image-preview");

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("Model gemini-3-pro-image-preview was shut down on 2026-06-25, so calls to it fail")
                .contains("gemini-3-pro-image");
    }

    @Test
    void modelThatStaysIsNotNamed() throws Exception {
        start("gemini-image:generate?model=gemini-nano-banana-2.1", "gemini-image:models");

        assertThat(warnings).isEmpty();
    }

    @Test
    void modelThatAnotherServiceStillOffersIsNotNamedThere() throws Exception {
        start("gemini-image:generate?service=aimlapi&apiKey=key&model=google/gemini-3-1-flash-image-preview");

        assertThat(warnings).isEmpty();
    }

    @Test
    void consoleShowsHowFarAModelIsAtItsService() throws Exception {
        String preview = "gemini-image:generate?model=gemini-3.1-flash-image-preview";
        start(preview + "&service=aimlapi&apiKey=key");

        assertThat(console()).contains("stage=preview").doesNotContain("shutdown");

        start(preview);

        assertThat(console()).contains("stage=retired", "shutdown=2026-06-25");
    }

    private String console() {
        return routes.context()
                .getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .resolveById("gemini-image")
                .call(DevConsole.MediaType.JSON, Map.of())
                .toString();
    }
}

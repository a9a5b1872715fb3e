package io.github.camelgemini.image.springboot;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** The properties {@code camel.component.gemini-image.emulator.*}: an emulator that runs with the application. */
@ConfigurationProperties(prefix = GeminiImageEmulatorProperties.PREFIX)
public class GeminiImageEmulatorProperties {

    static final String PREFIX = GeminiImageComponentConfiguration.PREFIX + ".emulator";

    /**
     * Whether an emulator of the services starts and stops with the application, and the component calls it instead
     * of them. Needs camel-gemini-image-emulator on the class path. Nothing that it draws costs anything.
     */
    private boolean enabled;

    /**
     * Whether the application may run on the emulator although it has an API key of a service, or a service account key, a
     * project or a client of Google, in properties, environment, beans or URIs of endpoints. They are not used then. Without it such
     * an application does not start, so that production never gets placeholder pictures by accident.
     */
    private boolean ignoreCredentials;

    /**
     * Port of the loopback address that the emulator listens on. 0 is any free one.
     */
    private int port;

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isIgnoreCredentials() {
        return ignoreCredentials;
    }

    public void setIgnoreCredentials(boolean ignoreCredentials) {
        this.ignoreCredentials = ignoreCredentials;
    }

    public int getPort() {
        return port;
    }

    public void setPort(int port) {
        this.port = port;
    }
}

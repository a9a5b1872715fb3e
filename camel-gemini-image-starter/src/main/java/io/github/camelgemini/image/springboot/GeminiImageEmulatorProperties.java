package io.github.camelgemini.image.springboot;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** The properties {@code camel.component.gemini-image.emulator.*} for an emulator that runs with the application. */
@ConfigurationProperties(prefix = GeminiImageEmulatorProperties.PREFIX)
public class GeminiImageEmulatorProperties {

    static final String PREFIX = GeminiImageComponentConfiguration.PREFIX + ".emulator";

    /**
     * Whether to run an emulator with the application, and to send all calls of the component to it. Pictures of the
     * emulator cost nothing. Needs camel-gemini-image-emulator on the class path.
     */
    private boolean enabled;

    /**
     * Whether the application may start with the emulator although it has credentials: an API key, a service account
     * key, a project or a client, in properties, environment, beans or endpoint URIs. They are then ignored. By default
     * such an application does not start, so that production never gets placeholder pictures by accident.
     */
    private boolean ignoreCredentials;

    /** Port of the emulator on the loopback address. 0 means any free port. */
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

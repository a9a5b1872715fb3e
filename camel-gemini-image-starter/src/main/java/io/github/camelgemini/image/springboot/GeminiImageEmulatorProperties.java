package io.github.camelgemini.image.springboot;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** The properties {@code camel.component.gemini-image.emulator.*}: an emulator that runs with the application. */
@ConfigurationProperties(prefix = GeminiImageEmulatorProperties.PREFIX)
public class GeminiImageEmulatorProperties {

    static final String PREFIX = GeminiImageComponentConfiguration.PREFIX + ".emulator";

    /**
     * Whether the application starts an emulator, and the component calls it instead of the services. The emulator stops with
     * the application. Its images are placeholders and cost nothing. It requires camel-gemini-image-emulator on the class path.
     */
    private boolean enabled;

    /**
     * Whether the application may use the emulator although it has credentials: an API key of a service, or a service account
     * key, a project or a client of Google, in properties, environment variables, beans or endpoint URIs. The credentials are not
     * used then. If false, such an application does not start, so that production never gets placeholder images by accident.
     */
    private boolean ignoreCredentials;

    /**
     * Port on which the emulator listens, at the loopback address. 0 means any free port.
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

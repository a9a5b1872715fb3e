package io.github.camelgemini.image.springboot;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** The emulator does not start with an application. The message says why, and what to do. */
final class EmulatorFailure extends IllegalStateException {

    private static final long serialVersionUID = 1L;
    private static final String PREFIX = GeminiImageEmulatorProperties.PREFIX;

    private final String action;

    private EmulatorFailure(String description, String action, Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /** The application has credentials, so it may be in production. */
    static EmulatorFailure credentials(List<String> places) {
        return new EmulatorFailure(
                PREFIX + ".enabled is true, but the application has credentials:\n"
                        + places.stream().map(place -> "    - " + place + "\n").collect(joining())
                        + "Placeholder images instead of real ones may be a mistake.",
                "To use the service, remove " + PREFIX
                        + ".enabled. To use the emulator, remove the credentials, or set " + PREFIX
                        + ".ignore-credentials=true. They are not used then.",
                null);
    }

    static EmulatorFailure notOnClassPath() {
        return new EmulatorFailure(
                PREFIX + ".enabled is true, but the emulator is not on the class path.",
                """
                Add the dependency. In Maven:
                    <dependency>
                      <groupId>io.github.camelgemini</groupId>
                      <artifactId>camel-gemini-image-emulator</artifactId>
                    </dependency>
                Use the version of camel-gemini-image-starter. Add <scope>test</scope> if only tests use it. Or remove \
                """
                        + PREFIX + ".enabled.",
                null);
    }

    static EmulatorFailure port(int port, RuntimeException cause) {
        return new EmulatorFailure(
                "The emulator cannot listen on port " + port + " of localhost.",
                "Stop the process that listens there, or choose another " + PREFIX + ".port. 0 means any free port.",
                cause);
    }

    String action() {
        return action;
    }
}

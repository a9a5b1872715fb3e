package io.github.camelgemini.examples.emaileditor;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.camel.main.Main;

/** Starts a mail server and sends a folder of mails to the editor. With your own mailbox it only runs the editor. */
public final class EmailEditor {

    /** If this environment variable is set, the editor works for that mailbox. */
    private static final String SERVER = "IMAP_SERVER";

    private EmailEditor() {}

    /**
     * Argument: {@code mails=}, a folder of {@code .eml} files, or empty. Ends the JVM with status 1 when it cannot
     * work.
     */
    public static void main(String[] args) throws Exception {
        if (!System.getenv().getOrDefault(SERVER, "").isBlank()) {
            System.out.println(SERVER + " is set, so this answers mails to " + System.getenv("MAIL_ADDRESS")
                    + " until Ctrl-C. Without it, the example starts its own mail server.");
            System.setProperty("org.slf4j.simpleLogger.log.mails", "info");
            Main camel = new Main();
            camel.configure().addRoutesBuilder(EditorRoutes.class);
            camel.run();
            System.exit(camel.getExitCode());
        }
        // The demonstration reports failures itself, and once.
        System.setProperty("org.slf4j.simpleLogger.log.mails", "error");
        Optional<Path> mails = Arrays.stream(args)
                .filter(arg -> arg.startsWith("mails="))
                .map(arg -> arg.substring("mails=".length()))
                .filter(folder -> !folder.isBlank())
                .findFirst()
                .map(folder -> Path.of(folder).toAbsolutePath());
        int status = 0;
        try {
            new Demonstration(Path.of("target").toAbsolutePath(), mails, System.out).run(System.getenv());
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.out.println(e.getMessage());
            status = 1;
        }
        System.exit(status);
    }
}

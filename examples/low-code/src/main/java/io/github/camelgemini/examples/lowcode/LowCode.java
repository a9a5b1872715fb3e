package io.github.camelgemini.examples.lowcode;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * Camel's own {@link Main}, which runs the YAML routes. In addition, a port in use ends the JVM with a message and a
 * status. Camel alone continues without its HTTP server (4.18.0).
 */
public final class LowCode {

    private LowCode() {}

    /**
     * Runs until there was nothing to do for a while, or until Ctrl-C. Ends the JVM with status 1 when its port is in
     * use.
     */
    public static void main(String[] args) throws Exception {
        Main camel = new Main();
        camel.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeStart(BaseMainSupport main) {
                requireFree(
                        Integer.parseInt(main.getCamelContext().resolvePropertyPlaceholders("{{camel.server.port}}")));
            }
        });
        camel.run(args);
    }

    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
        } catch (IOException taken) {
            System.out.println("Port " + port + " is used by another program. Choose another with -Dcamel.server.port="
                    + (port + 1) + ".");
            System.exit(1);
        }
    }
}

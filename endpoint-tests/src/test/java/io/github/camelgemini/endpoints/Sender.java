package io.github.camelgemini.endpoints;

import java.io.OutputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;

/**
 * The process that draws and sends: runs one route, with what system properties say of servers, and tells in one line of its
 * output what became of the message. It has a small heap and ends when that is exhausted.
 */
final class Sender {

    static final String PROMPT = "A lighthouse in a storm";
    static final String SENT = "SENT";
    static final String FAILED = "FAILED";
    static final String LISTENING = "LISTENING";

    private Sender() {}

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(Destination.valueOf(args[0]).routes());
        main.start();
        CamelContext camel = main.getCamelContext();
        if (camel.hasEndpoint("direct:draw") != null) {
            Exchange exchange = camel.createProducerTemplate()
                    .send("direct:draw", e -> e.getMessage().setBody(PROMPT));
            System.out.println(exchange.getException() == null ? SENT : FAILED + " " + reason(exchange.getException()));
        } else {
            System.out.println(LISTENING);
            // Until there is nobody any more who might ask.
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        // Which waits for what is under way.
        main.stop();
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + " "
                + String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
    }
}

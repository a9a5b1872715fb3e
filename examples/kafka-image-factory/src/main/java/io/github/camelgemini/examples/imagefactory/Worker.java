package io.github.camelgemini.examples.imagefactory;

import org.apache.camel.main.Main;

/** A worker: the routes, and {@code application.properties}. Start as many as you like, each with a name of its own. */
public final class Worker {

    private Worker() {}

    /** Runs until the process is told to end. */
    public static void main(String[] args) throws Exception {
        Main camel = new Main();
        camel.configure().addRoutesBuilder(PictureRoutes.class);
        camel.run();
        System.exit(camel.getExitCode());
    }
}

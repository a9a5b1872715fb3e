package io.github.camelgemini.examples.batch.halfprice;

import org.apache.camel.main.Main;

/** The process that is killed: the routes, and nothing that it would have to remember. */
final class Worker {

    private Worker() {}

    public static void main(String[] args) throws Exception {
        Main camel = new Main();
        // The other example of this module has an application.properties of its own.
        camel.setDefaultPropertyPlaceholderLocation("false");
        camel.configure().addRoutesBuilder(HalfPriceRoutes.class);
        camel.run();
    }
}

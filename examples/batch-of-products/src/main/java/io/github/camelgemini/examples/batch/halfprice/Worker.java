package io.github.camelgemini.examples.batch.halfprice;

import org.apache.camel.main.Main;

/** The process that is killed. It only has the routes, and keeps no state. */
final class Worker {

    private Worker() {}

    public static void main(String[] args) throws Exception {
        Main camel = new Main();
        // The other example of this module has its own application.properties.
        camel.setDefaultPropertyPlaceholderLocation("false");
        camel.configure().addRoutesBuilder(HalfPriceRoutes.class);
        camel.run();
    }
}

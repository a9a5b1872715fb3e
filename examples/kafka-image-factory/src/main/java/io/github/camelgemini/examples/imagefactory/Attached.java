package io.github.camelgemini.examples.imagefactory;

import java.io.IOException;
import java.util.Arrays;

/** Runs the main class in its first argument, and ends with the parent process, however that ends. */
final class Attached {

    private Attached() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Thread parent = new Thread(Attached::endWithParent, "parent");
        parent.setDaemon(true);
        parent.start();
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 1, args.length));
    }

    /** The parent never writes, so the end of the pipe is the end of the parent. */
    private static void endWithParent() {
        try {
            System.in.read();
        } catch (IOException e) {
            // The same: the parent has ended.
        }
        Runtime.getRuntime().halt(1);
    }
}

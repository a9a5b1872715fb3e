package io.github.camelgemini.docs.trouble;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Runs an application without some dependencies, and gives its error message. */
public final class MissingJars {

    private MissingJars() {}

    /**
     * @param jar a part of the paths of the jars or folders to leave out
     * @param uri endpoint that the route sends to
     * @param text its body, in the Simple language
     */
    static String without(String jar, String uri, String text) throws Exception {
        URL[] rest = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> !path.contains(jar))
                .map(MissingJars::url)
                .toArray(URL[]::new);
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(rest, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            return (String) loader.loadClass(MissingJars.class.getName())
                    .getMethod("start", String.class, String.class)
                    .invoke(null, uri, text);
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    /** Called by reflection, in the reduced class path. */
    public static String start(String uri, String text) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:start").setBody(simple(text)).to(uri);
                }
            });
            context.start();
            return "it starts";
        } catch (Exception e) {
            return Trouble.told(e);
        }
    }

    private static URL url(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

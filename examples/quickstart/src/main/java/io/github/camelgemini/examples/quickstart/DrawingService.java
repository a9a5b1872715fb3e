package io.github.camelgemini.examples.quickstart;

import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelSpec;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The service to use: Google if the environment has a key, or else the emulator in this JVM. */
sealed interface DrawingService extends AutoCloseable {

    /** The model that the routes name. */
    String MODEL = "gemini-nano-banana-2.1";

    /** What the component {@code gemini-image} has to be told to use it. */
    Map<String, String> options();

    /** The text before the inputs are sent. */
    String introduction(int inputs);

    /** The text about the estimated cost of all pictures, in USD. */
    String bill(double cost);

    @Override
    void close();

    /** Chooses a service by environment variables, in the order of the component and of Google's own clients. */
    static DrawingService choose(Map<String, String> environment) {
        Optional<DrawingService> google = Stream.of("GOOGLE_API_KEY", "GEMINI_API_KEY")
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst()
                .map(name -> new Google(name, environment.get(name)));
        return google.orElseGet(() -> new Emulator(GeminiEmulator.builder().start()));
    }

    /** Google's service, which is billed. */
    record Google(String variable, String apiKey) implements DrawingService {

        @Override
        public Map<String, String> options() {
            return Map.of("apiKey", apiKey);
        }

        @Override
        public String introduction(int inputs) {
            return variable + " is set, so Google draws the pictures and bills you " + estimate(inputs)
                    + "\nTo use the free emulator instead, unset it.";
        }

        /** For the model and the size of the routes. */
        private static String estimate(int inputs) {
            Optional<BigDecimal> each = ModelCatalog.standard()
                    .find(MODEL)
                    .flatMap(ModelSpec::prices)
                    .flatMap(prices -> prices.perImage(ImageSize.SIZE_2K));
            return each.map(price -> String.format(
                            Locale.ROOT,
                            "about $%.2f for %s of 2K (%s, list price $%.3f each).",
                            price.doubleValue() * inputs,
                            Quickstart.count(inputs, "picture"),
                            MODEL,
                            price.doubleValue()))
                    .orElse("see https://ai.google.dev/gemini-api/docs/pricing.");
        }

        @Override
        public String bill(double cost) {
            return String.format(Locale.ROOT, "Estimated cost at Google's list prices: $%.2f.", cost);
        }

        @Override
        public void close() {}

        /** Without the key. */
        @Override
        public String toString() {
            return "Google with the key of " + variable;
        }
    }

    /** The emulator: no key, no network, no cost. */
    record Emulator(GeminiEmulator server) implements DrawingService {

        @Override
        public Map<String, String> options() {
            return Map.of("baseUrl", server.baseUrl(), "apiKey", "any-key-will-do");
        }

        @Override
        public String introduction(int inputs) {
            return "The emulator draws, on this machine: no key, no network, no cost."
                    + "\nIt writes each prompt on a landscape. For Google's own pictures, set GEMINI_API_KEY.";
        }

        @Override
        public String bill(double cost) {
            return String.format(
                    Locale.ROOT, "Estimated cost at Google's list prices: $%.2f. The emulator cost nothing.", cost);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}

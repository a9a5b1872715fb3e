package io.github.camelgemini.examples.batch;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The products in a CSV file, and its invalid lines.
 *
 * @param failures invalid lines; the other products are made nevertheless
 */
record ProductList(List<Product> products, List<Failure> failures) {

    private static final List<String> COLUMNS = List.of("sku", "name", "photograph", "scene");
    private static final String FILE_NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

    /**
     * Reads the whole file before anything is billed.
     *
     * @throws IllegalArgumentException when the file as a whole is not such a list; says why
     */
    static ProductList read(Path file) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser records =
                        CSVParser.builder().setReader(in).setFormat(format).get()) {
            if (!records.getHeaderNames().containsAll(COLUMNS)) {
                throw new IllegalArgumentException("The first line of " + file + " must name the columns "
                        + String.join(", ", COLUMNS) + "; it names " + String.join(", ", records.getHeaderNames()));
            }
            return read(records);
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(
                    file + " is not CSV: " + e.getCause().getMessage(), e);
        }
    }

    private static ProductList read(CSVParser records) {
        List<Product> products = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        Map<String, Long> lines = new HashMap<>();
        for (CSVRecord values : records) {
            long line = records.getCurrentLineNumber();
            try {
                Product product = product(values, line);
                Long earlier = lines.putIfAbsent(product.sku(), line);
                if (earlier != null) {
                    throw new IllegalArgumentException(
                            "line " + earlier + " has the sku " + product.sku() + " too; each product needs its own");
                }
                products.add(product);
            } catch (IllegalArgumentException e) {
                failures.add(new Failure(line, values.get(0), e.getMessage()));
            }
        }
        return new ProductList(products, failures);
    }

    private static Product product(CSVRecord values, long line) {
        if (!values.isConsistent()) {
            throw new IllegalArgumentException("the line has " + values.size() + " values, but "
                    + values.getParser().getHeaderNames().size()
                    + " are needed; put a value with a comma into quotes");
        }
        for (String column : COLUMNS) {
            if (values.get(column).isEmpty()) {
                throw new IllegalArgumentException("the " + column + " is empty");
            }
        }
        for (String column : List.of("sku", "photograph")) {
            if (!values.get(column).matches(FILE_NAME)) {
                throw new IllegalArgumentException("the " + column + " '" + values.get(column)
                        + "' cannot name a file; use letters, digits, dots, hyphens and underscores");
            }
        }
        return new Product(line, values.get("sku"), values.get("name"), values.get("photograph"), values.get("scene"));
    }
}

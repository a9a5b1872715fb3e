package io.github.camelgemini.emulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.emulator.api.BodyParser;
import io.github.camelgemini.emulator.api.ParsedBody;
import io.github.camelgemini.emulator.api.PictureFields;
import io.github.camelgemini.emulator.picture.ReferencePicture;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The requests of a batch: in a file of JSON Lines that is read line by line, or inline. */
interface BatchSource extends AutoCloseable {

    int count();

    /** The lines from the beginning; to be closed. */
    Lines lines() throws IOException;

    @Override
    void close() throws IOException;

    /** Lines with {@code key} and {@code request}. */
    interface Lines extends AutoCloseable {

        /** The next line; null after the last. */
        ParsedBody next() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Receives the bytes of a line. */
    interface Reading {
        void read(byte[] line) throws IOException;
    }

    /**
     * The requests in a file, which is closed together with this object.
     *
     * @param reading receives each line once
     */
    static BatchSource of(ReferencePicture file, PictureFields fields, Reading reading) throws IOException {
        int count = 0;
        try (InputStream in = new BufferedInputStream(file.newInputStream())) {
            for (byte[] line = line(in); line != null; line = line(in)) {
                reading.read(line);
                count++;
            }
        }
        int counted = count;
        return new BatchSource() {
            @Override
            public int count() {
                return counted;
            }

            @Override
            public Lines lines() throws IOException {
                InputStream in = new BufferedInputStream(file.newInputStream());
                return new Lines() {
                    @Override
                    public ParsedBody next() throws IOException {
                        byte[] line = line(in);
                        return line == null ? null : BodyParser.parse(new ByteArrayInputStream(line), fields);
                    }

                    @Override
                    public void close() throws IOException {
                        in.close();
                    }
                };
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    /** Requests in the heap, with copies of their pictures. */
    static BatchSource of(List<JsonNode> requests, List<ReferencePicture> pictures) {
        return new BatchSource() {
            @Override
            public int count() {
                return requests.size();
            }

            @Override
            public Lines lines() {
                Iterator<JsonNode> left = requests.iterator();
                return new Lines() {
                    @Override
                    public ParsedBody next() {
                        return left.hasNext() ? new ParsedBody(left.next(), List.of(), Optional.empty()) : null;
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void close() throws IOException {
                for (ReferencePicture picture : pictures) {
                    picture.close();
                }
            }
        };
    }

    /** The next non-empty line; null at the end. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                if (line.size() > 0) {
                    break;
                }
            } else if (b != '\r') {
                line.write(b);
            }
        }
        return line.size() == 0 ? null : line.toByteArray();
    }
}

package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.result.GeneratedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that says several interim answers (1xx) before each answer, on connections that stay open. */
@Timeout(60)
class InterimAnswersTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    private final AtomicInteger answers = new AtomicInteger();
    private ServerSocket server;
    private String interim;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        thread(() -> {
            while (true) {
                Socket client = server.accept();
                thread(() -> serve(client));
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // Closed by one side or the other.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) throws IOException {
        try (client;
                InputStream in = client.getInputStream();
                OutputStream out = client.getOutputStream()) {
            while (readRequest(in)) {
                byte[] picture = Pictures.draw("png", 16 * answers.incrementAndGet(), 16);
                byte[] json =
                        ("{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""
                                        + Base64.getEncoder().encodeToString(picture)
                                        + "\"}}]},\"finishReason\":\"STOP\"}],\"data\":[{\"b64_json\":\""
                                        + Base64.getEncoder().encodeToString(picture) + "\"}]}")
                                .getBytes(StandardCharsets.US_ASCII);
                out.write((interim + "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                                + json.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(json);
                out.flush();
            }
        }
    }

    private static boolean readRequest(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return false;
            }
            head.write(b);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1).toLowerCase();
        int length = text.indexOf("content-length:");
        if (length >= 0) {
            in.readNBytes(Integer.parseInt(
                    text.substring(length + 15, text.indexOf("\r\n", length)).strip()));
        }
        return true;
    }

    @ParameterizedTest
    @CsvSource({"google, 2", "google, 5", "anyfast, 2", "anyfast, 5", "aimlapi, 2", "aimlapi, 5"})
    void areNoAnswerAndDoNotGiveTheNextMessageThatOfTheOneBefore(String service, int times) {
        for (String status : new String[] {"103 Early Hints", "100 Continue", "101 Switching Protocols"}) {
            answers.set(0);
            interim = ("HTTP/1.1 " + status + "\r\nLink: </style.css>\r\n\r\n").repeat(times);
            String uri = "gemini-image:generate?maxRetries=0&apiKey=k&service=" + service + "&baseUrl=http://127.0.0.1:"
                    + server.getLocalPort() + "&requestTimeout=20000&model=gemini-2.5-flash-image";

            for (int message = 1; message <= 3; message++) {
                int before = answers.get();
                Exchange exchange = routes.send(uri, "a cat");

                assertThat(answers).hasValue(before + 1);
                if (exchange.getException() == null) {
                    assertThat(exchange.getMessage()
                                    .getBody(GeneratedImage.class)
                                    .width())
                            .isEqualTo(16 * answers.get());
                } else {
                    assertThat(exchange.getException()).as(status).isInstanceOf(ServiceUnavailableException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "5"})
    void areNoReferencePicture(int times) {
        interim = "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(times);

        routes.failure(
                "gemini-image:edit?allowPrivateReferences=true&prompt=x&referenceImages=http://127.0.0.1:"
                        + server.getLocalPort() + "/a.png",
                null,
                Map.of(),
                ReferenceImageException.class);
    }
}

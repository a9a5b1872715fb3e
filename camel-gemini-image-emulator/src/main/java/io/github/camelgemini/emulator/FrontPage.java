package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.model.ImageModel;
import io.github.camelgemini.emulator.model.ModelCatalog;
import io.github.camelgemini.emulator.wire.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** The page at {@code /}: what the emulator is, what it can do, and how to call it. */
final class FrontPage {

    private static final String PAGE = read().replace("MODELS", models());

    /** Names and addresses with a port. Anything else would be text from the request in the page. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]+");

    private FrontPage() {}

    static boolean isFor(Request request) {
        return request.getHttpURI().getDecodedPath().equals("/")
                && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
    }

    static Reply reply(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        String url = "http://" + (host != null && HOST.matcher(host).matches() ? host : "localhost");
        return new Reply(
                200,
                "text/html; charset=UTF-8",
                Map.of("Cache-Control", "no-store"),
                Body.of(PAGE.replace("BASE_URL", url)));
    }

    /** Written into the page, because a request for them would use up a scripted fault. */
    private static String models() {
        return ModelCatalog.load().all().stream().map(ImageModel::id).collect(Collectors.joining(", "));
    }

    private static String read() {
        try (InputStream in = FrontPage.class.getResourceAsStream("page.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("page.html of the emulator cannot be read", e);
        }
    }
}

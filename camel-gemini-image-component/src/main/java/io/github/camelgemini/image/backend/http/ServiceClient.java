package io.github.camelgemini.image.backend.http;

import io.github.camelgemini.image.backend.NamedServers;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.protocol.BasicHttpContext;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * The HTTP client of a Camel HTTP endpoint. Does not use the endpoint's producer: it would log addresses with the key
 * in their query, copy the answer's headers, and read the rest of an answer that is not needed.
 */
final class ServiceClient {

    private final ServiceComponent component;
    private final HttpEndpoint endpoint;
    private final HttpClient client;
    private final Duration idleTimeout;
    private final ScheduledExecutorService timer;

    /**
     * @param allowed the only servers that may be called; null for any
     */
    ServiceClient(URI base, ServiceOptions options, ServiceMeans means, NamedServers allowed) throws Exception {
        this.idleTimeout = options.idleTimeout();
        this.timer = means.timer();
        String scheme = base.getScheme().toLowerCase(Locale.ROOT);
        this.component = ServiceComponent.of(means.camelContext(), options, scheme, allowed);
        // Each request has its own address. The address of the endpoint is not used, and cannot have a host with an
        // underscore.
        this.endpoint =
                component.endpoint(scheme + "://" + (base.getHost() == null ? "service" : base.getRawAuthority()));
        this.client = endpoint.getHttpClient();
    }

    Sending prepare(HttpCall call) {
        return new Sending(call);
    }

    void close() {
        endpoint.stop();
        component.stop();
    }

    private static URI withoutQuery(URI uri) {
        return uri.getRawQuery() == null
                ? uri
                : URI.create(uri.toString().substring(0, uri.toString().indexOf('?')));
    }

    /** One call. Made by one thread; any thread may cancel it. */
    final class Sending {

        private final HttpCall call;
        private final HttpUriRequestBase request;

        private Sending(HttpCall call) {
            this.call = call;
            this.request = new HttpUriRequestBase(call.method(), withoutQuery(call.uri()));
        }

        /** Cancels the call, now or as soon as it starts. */
        void cancel() {
            request.cancel();
        }

        <T> T run(Reading<T> reading) throws IOException {
            call.headers().forEach(request::setHeader);
            String idle = "idleTimeout=" + idleTimeout.toMillis() + " ms";
            String late =
                    call.silence().equals(idleTimeout) ? idle : call.silence().toMillis() + " ms";
            SilenceLimit answer = new SilenceLimit(call.silence(), late, timer, request::cancel);
            try (answer;
                    SilenceLimit silence = new SilenceLimit(idleTimeout, idle, timer, request::cancel)) {
                if (call.body() != null) {
                    request.setEntity(new SentBody(call.body(), silence, answer));
                }
                answer.begin();
                try (ClassicHttpResponse response =
                        client.executeOpen(null, request, context(call.uri().getRawQuery()))) {
                    return read(response, silence, answer, reading);
                }
            } catch (IOException e) {
                throw answer.explain("no answer arrived for ", e);
            }
        }

        private <T> T read(ClassicHttpResponse response, SilenceLimit silence, SilenceLimit answer, Reading<T> reading)
                throws IOException {
            boolean whole = false;
            InputStream content = response.getEntity() == null
                    ? InputStream.nullInputStream()
                    : response.getEntity().getContent();
            AnswerBody body = new AnswerBody(content, silence, answer);
            try {
                T read = reading.read(new HttpAnswer(response, body));
                whole = body.isAtEnd();
                return read;
            } finally {
                if (!whole) {
                    // Closing alone would read the rest, however long it is.
                    request.cancel();
                }
            }
        }

        private HttpContext context(String query) {
            HttpContext users = endpoint.getHttpContext();
            HttpContext context = users == null ? HttpClientContext.create() : new BasicHttpContext(users);
            QueryExecutor.give(context, query);
            return context;
        }
    }
}

package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.secret.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.RestConfiguration;
import org.apache.camel.spi.RestConsumerFactory;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for webhook calls of a service, with the HTTP server of Camel's REST consumers ({@code platform-http}, unless
 * the REST configuration names another). A valid call makes the consumer poll at once, and has no other effect: its
 * body is not interpreted. So a call that is lost, repeated or forged does not change what is delivered.
 */
public final class WebhookListener extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookListener.class);

    private static final String PLATFORM_HTTP = "platform-http";
    /** The time within which a call must arrive completely. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int OK = 200;
    private static final int CHUNK = 8_192;

    private final CamelContext context;
    private final WebhookSettings settings;
    private final Runnable wake;
    private final List<WebhookSignature> signatures;
    private final RecentCalls recent = new RecentCalls();
    /** Whether the log has already warned about a refused call since the last valid one. */
    private final AtomicBoolean told = new AtomicBoolean();

    private Secrets.Held secrets;
    private Consumer server;

    /**
     * Creates a listener. It listens once it is started.
     *
     * @param settings already checked
     * @param wake called for each valid call, on a thread of the HTTP server; must return at once
     */
    public WebhookListener(CamelContext context, WebhookSettings settings, Runnable wake) {
        this.context = context;
        this.settings = settings;
        this.wake = wake;
        this.signatures = signatures(settings);
    }

    private static List<WebhookSignature> signatures(WebhookSettings settings) {
        List<WebhookSignature> signatures = new ArrayList<>();
        if (settings.signed() && settings.secret() != null) {
            signatures.add(new SharedSecret(settings.secret()));
        }
        if (settings.signed() && settings.keys() != null) {
            signatures.add(new SignedToken(settings.keys()));
        }
        return signatures;
    }

    /**
     * @throws InvalidRequestException when there is no HTTP server
     */
    @Override
    protected void doStart() throws Exception {
        secrets = settings.hold();
        RestConsumerFactory factory = factory();
        Map<String, Object> options =
                isPlatformHttp(factory) ? Map.of("requestTimeout", PATIENCE.toMillis()) : Map.of();
        server = factory.createConsumer(
                context,
                this::take,
                "POST",
                settings.path(),
                null,
                null,
                null,
                context.getRestConfiguration(),
                options);
        ServiceHelper.startService(server);
        LOG.debug("Listening for webhook calls: {}", settings);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopAndShutdownService(server);
        server = null;
        if (secrets != null) {
            secrets.close();
        }
    }

    private RestConsumerFactory factory() {
        RestConfiguration rest = context.getRestConfiguration();
        String named = rest == null ? null : rest.getComponent();
        if (named != null) {
            if (context.getComponent(named, true) instanceof RestConsumerFactory factory) {
                return factory;
            }
            throw new InvalidRequestException("option webhookPath: the component '" + named
                    + "' of the REST configuration has no REST consumer; use one that has, such as platform-http");
        }
        if (context.getComponent(PLATFORM_HTTP, true) instanceof RestConsumerFactory factory) {
            return factory;
        }
        Set<RestConsumerFactory> known = new LinkedHashSet<>();
        for (String name : context.getComponentNames()) {
            if (context.getComponent(name, false) instanceof RestConsumerFactory factory) {
                known.add(factory);
            }
        }
        known.addAll(context.getRegistry().findByType(RestConsumerFactory.class));
        if (known.size() != 1) {
            throw new InvalidRequestException(
                    "option webhookPath needs an HTTP server: add camel-platform-http-main (Spring"
                            + " Boot: camel-platform-http-starter), or name a component in the REST configuration");
        }
        return known.iterator().next();
    }

    private boolean isPlatformHttp(RestConsumerFactory factory) {
        return factory == context.hasComponent(PLATFORM_HTTP);
    }

    private void take(Exchange exchange) {
        int status = OK;
        try {
            if (isNew(exchange.getMessage())) {
                wake.run();
            }
            told.set(false);
        } catch (RefusedCallException e) {
            status = e.status();
            tell(e);
        }
        // Without the headers of the request, which Camel would send back.
        Message answer = exchange.getMessage();
        answer.removeHeaders("*");
        answer.setBody("");
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    }

    private boolean isNew(Message message) throws RefusedCallException {
        WebhookCall call = new WebhookCall(
                message.getHeader("webhook-id", String.class),
                message.getHeader("webhook-timestamp", String.class),
                message.getHeader("webhook-signature", String.class),
                body(message));
        if (!settings.signed()) {
            // Only ids of verified calls count, or a forged id could suppress a valid call.
            return true;
        }
        RefusedCallException refused = null;
        for (WebhookSignature signature : signatures) {
            try {
                return recent.add(signature.check(call));
            } catch (RefusedCallException e) {
                refused = refused == null ? e : refused;
            }
        }
        throw refused;
    }

    /** The unchanged bytes, up to the size limit. */
    private byte[] body(Message message) throws RefusedCallException {
        int most = settings.maxPayloadSize();
        Long length = message.getHeader(Exchange.CONTENT_LENGTH, Long.class);
        if (length != null && length > most) {
            throw tooLarge();
        }
        if (message.getBody() == null) {
            return new byte[0];
        }
        InputStream stream = message.getBody(InputStream.class);
        if (stream == null) {
            throw RefusedCallException.unknown("its body is a form");
        }
        try (stream) {
            return read(stream, most);
        } catch (IOException e) {
            throw new RefusedCallException(RefusedCallException.TIMEOUT, "its body did not arrive in time");
        }
    }

    private static byte[] read(InputStream stream, int most) throws IOException, RefusedCallException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        byte[] body = new byte[Math.min(CHUNK, most + 1)];
        int length = 0;
        int read;
        while ((read = stream.read(body, length, body.length - length)) >= 0) {
            length += read;
            if (length > most) {
                throw tooLarge();
            }
            if (System.nanoTime() - end > 0) {
                throw new RefusedCallException(RefusedCallException.TIMEOUT, "its body arrived too slowly");
            }
            if (length == body.length) {
                body = Arrays.copyOf(body, (int) Math.min(2L * length, most + 1L));
            }
        }
        return Arrays.copyOf(body, length);
    }

    private static RefusedCallException tooLarge() {
        return new RefusedCallException(
                RefusedCallException.TOO_LARGE, "its body is larger than the option webhookMaxPayloadSize");
    }

    private void tell(RefusedCallException refused) {
        String sentence = "A webhook call was refused because {}";
        if (told.compareAndSet(false, true)) {
            LOG.warn(
                    sentence + ". Further refused calls are logged at DEBUG until a call is accepted",
                    refused.getMessage());
        } else {
            LOG.debug(sentence, refused.getMessage());
        }
    }
}

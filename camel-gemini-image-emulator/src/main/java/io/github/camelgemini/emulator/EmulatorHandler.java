package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.api.Api;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.Incoming;
import io.github.camelgemini.emulator.api.ParsedBody;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Target;
import io.github.camelgemini.emulator.wire.Body;
import io.github.camelgemini.emulator.wire.Cut;
import io.github.camelgemini.emulator.wire.LiveBody;
import io.github.camelgemini.emulator.wire.Sender;
import io.github.camelgemini.emulator.wire.Sockets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Processes an HTTP request step by step: read, log, look for faults, answer, wait, send. */
final class EmulatorHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(EmulatorHandler.class);

    private final AllowedHosts hosts;
    private final AdminApi admin;
    private final Services services;
    private final Script script;
    private final RequestLog log;
    private final Sockets sockets;

    EmulatorHandler(
            AllowedHosts hosts, AdminApi admin, Services services, Script script, RequestLog log, Sockets sockets) {
        this.hosts = hosts;
        this.admin = admin;
        this.services = services;
        this.script = script;
        this.log = log;
        this.sockets = sockets;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        if (!hosts.allow(request)) {
            send(request, response, callback, new Plan(), Browsers.unknownHost());
            return true;
        }
        if (FrontPage.isFor(request)) {
            send(request, response, callback, new Plan(), FrontPage.reply(request));
            return true;
        }
        if (AdminApi.isFor(request)) {
            send(request, response, callback, new Plan(), admin.reply(request));
            return true;
        }
        if (Browsers.isPreflight(request)) {
            send(request, response, callback, new Plan(), Browsers.preflight(request));
            return true;
        }
        Browsers.headers(request).forEach((name, value) -> response.getHeaders().put(name, value));
        String path = request.getHttpURI().getDecodedPath();
        EmulatedService service = EmulatedService.at(path);
        Incoming incoming =
                incoming(request, service, path.substring(service.path().length()));
        ReceivedRequest received = RequestReader.received(
                request,
                service,
                incoming,
                services.api(service).prompt(incoming.body().json()));
        log.add(received);
        Plan plan = script.planFor(received);
        LOG.debug("{} {}", received.method(), received.path());

        CompletableFuture<Reply> unused = answer(service, incoming.with(plan.generation), plan)
                .whenComplete((reply, failure) -> {
                    close(incoming.body());
                    if (failure != null) {
                        LOG.error("{} {} could not be answered", received.method(), received.path(), failure);
                        callback.failed(failure);
                        return;
                    }
                    boolean drawn = plan.isServed()
                            && reply.status() == 200
                            && incoming.target().filter(Target::draws).isPresent();
                    Duration wait = drawn ? plan.delay.plus(plan.latency) : plan.delay;
                    if (wait.isZero()) {
                        send(request, response, callback, plan, reply);
                    } else {
                        request.getConnectionMetaData()
                                .getConnector()
                                .getScheduler()
                                .schedule(
                                        () -> send(request, response, callback, plan, reply),
                                        wait.toMillis(),
                                        TimeUnit.MILLISECONDS);
                    }
                });
        return true;
    }

    private Incoming incoming(Request request, EmulatedService service, String path) throws IOException {
        String method = request.getMethod();
        Optional<Target> target =
                services.target(service, method, path, request.getHttpURI().getQuery());
        Api api = services.api(service);
        ParsedBody body = RequestReader.body(request, target, api.pictureFields());
        String host = request.getHeaders().get(HttpHeader.HOST);
        return new Incoming(
                "http://" + (host == null ? "localhost" : host),
                service.path(),
                method,
                path,
                RequestReader.query(request),
                RequestReader.headers(request),
                target.map(known -> known.with(api.model(known, body.json()))),
                body,
                new Generation());
    }

    private CompletableFuture<Reply> answer(EmulatedService service, Incoming incoming, Plan plan) {
        boolean nothingIsSent =
                !plan.answerLost && plan.transfer.cut != null && plan.transfer.cut.afterBytes() == Cut.BEFORE_HEADERS;
        if (nothingIsSent) {
            return CompletableFuture.completedFuture(new Reply(200, Reply.JSON, Body.of("")));
        }
        if (plan.trouble() != null) {
            return CompletableFuture.completedFuture(services.api(service).error(incoming, plan.trouble()));
        }
        return plan.reply() != null
                ? CompletableFuture.completedFuture(plan.reply().apply(services.api(service)))
                : services.reply(service, incoming).thenApply(reply -> plan.instead == null ? reply : plan.instead);
    }

    private void send(Request request, Response response, Callback callback, Plan plan, Reply reply) {
        response.setStatus(reply.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        plan.headers.forEach((name, value) -> response.getHeaders().put(name, value));
        Body body = plan.trailer == null || reply.body() instanceof LiveBody
                ? reply.body()
                : Body.concat(List.of(reply.body(), Body.of(plan.trailer)));
        Sender.send(request, response, callback, plan.transfer, sockets, body);
    }

    private static void close(ParsedBody body) {
        try {
            body.close();
        } catch (IOException e) {
            LOG.warn("A temporary file of a reference picture could not be deleted", e);
        }
    }
}

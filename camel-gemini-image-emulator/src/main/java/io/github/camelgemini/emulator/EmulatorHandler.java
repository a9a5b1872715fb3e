package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.wire.Body;
import io.github.camelgemini.emulator.wire.Cut;
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

/** Takes each HTTP request through its steps: read, remember, look for faults, answer, wait, send. */
final class EmulatorHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(EmulatorHandler.class);

    private final AdminApi admin;
    private final Api api;
    private final Script script;
    private final RequestLog log;
    private final Sockets sockets;

    EmulatorHandler(AdminApi admin, Api api, Script script, RequestLog log, Sockets sockets) {
        this.admin = admin;
        this.api = api;
        this.script = script;
        this.log = log;
        this.sockets = sockets;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
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
        Optional<ApiCall> call = ApiCall.of(
                request.getMethod(),
                request.getHttpURI().getDecodedPath(),
                request.getHttpURI().getQuery());
        ParsedBody body = RequestReader.body(request, call);
        ReceivedRequest received = RequestReader.received(request, call, body);
        log.add(received);
        Plan plan = script.planFor(received);
        LOG.debug("{} {}", received.method(), received.path());

        CompletableFuture<Reply> unused = answer(call, received, body, plan).whenComplete((reply, failure) -> {
            close(body);
            if (failure != null) {
                LOG.error("{} {} could not be answered", received.method(), received.path(), failure);
                callback.failed(failure);
                return;
            }
            boolean drawn = plan.reply == null
                    && reply.status() == 200
                    && call.filter(ApiCall::generates).isPresent();
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

    private CompletableFuture<Reply> answer(
            Optional<ApiCall> call, ReceivedRequest received, ParsedBody body, Plan plan) {
        boolean nothingIsSent = plan.transfer.cut != null && plan.transfer.cut.afterBytes() == Cut.BEFORE_HEADERS;
        if (nothingIsSent) {
            return CompletableFuture.completedFuture(new Reply(200, Reply.JSON, Body.of("")));
        }
        return plan.reply != null
                ? CompletableFuture.completedFuture(plan.reply.apply(received))
                : api.reply(call, received, body, plan);
    }

    private void send(Request request, Response response, Callback callback, Plan plan, Reply reply) {
        response.setStatus(reply.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        plan.headers.forEach((name, value) -> response.getHeaders().put(name, value));
        Body body = plan.trailer == null ? reply.body() : Body.concat(List.of(reply.body(), Body.of(plan.trailer)));
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

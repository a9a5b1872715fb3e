package io.github.camelgemini.emulator.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;

/** Sends a body as its {@link Transfer} says, without blocking a thread. */
public final class Sender extends IteratingCallback {

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Transfer transfer;
    private final Sockets sockets;
    private final Body body;

    private ByteBuffer current;
    private long sent;
    private boolean headersSent;
    private boolean paused;
    private boolean ended;

    private Sender(
            Request request, Response response, Callback callback, Transfer transfer, Sockets sockets, Body body) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.transfer = transfer;
        this.sockets = sockets;
        this.body = transfer.gzip && !(body instanceof LiveBody) ? new GzipBody(body) : body;
    }

    /** Begins to send. Status and headers of the response must be set, except those of the transfer. */
    public static void send(
            Request request, Response response, Callback callback, Transfer transfer, Sockets sockets, Body body) {
        Sender sender = new Sender(request, response, callback, transfer, sockets, body);
        if (sender.body instanceof GzipBody) {
            response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        long length = sender.body.length();
        if (length != Body.UNKNOWN && !transfer.chunked) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        }
        sender.iterate();
    }

    @Override
    protected Action process() throws IOException {
        Cut cut = transfer.cut;
        if (cut != null && cut.afterBytes() == Cut.BEFORE_HEADERS) {
            return end(cut.ending());
        }
        if (!headersSent && (cut != null || transfer.trickleBytes > 0 || body instanceof LiveBody)) {
            headersSent = true;
            response.write(false, ByteBuffer.allocate(0), this);
            return Action.SCHEDULED;
        }
        if (cut != null && sent == cut.afterBytes()) {
            return end(cut.ending());
        }
        if (transfer.trickleBytes > 0 && sent > 0 && !paused) {
            paused = true;
            Scheduler scheduler = request.getConnectionMetaData().getConnector().getScheduler();
            scheduler.schedule(this::iterate, transfer.pause.toNanos(), TimeUnit.NANOSECONDS);
            return Action.IDLE;
        }
        paused = false;
        return ended ? Action.SUCCEEDED : write();
    }

    private Action write() throws IOException {
        if (current == null || !current.hasRemaining()) {
            current = body.next();
        }
        if (current == null) {
            ended = true;
            response.write(true, ByteBuffer.allocate(0), this);
            return Action.SCHEDULED;
        }
        if (!current.hasRemaining() && body instanceof LiveBody live) {
            live.whenReady(this::iterate);
            return Action.IDLE;
        }
        long count = current.remaining();
        if (transfer.trickleBytes > 0) {
            count = Math.min(count, transfer.trickleBytes);
        }
        if (transfer.cut != null) {
            count = Math.min(count, transfer.cut.afterBytes() - sent);
        }
        ByteBuffer slice = current.slice(current.position(), (int) count);
        current.position(current.position() + (int) count);
        sent += count;
        response.write(false, slice, this);
        return Action.SCHEDULED;
    }

    private Action end(Cut.Ending ending) throws IOException {
        sockets.end(request, ending);
        // Neither success nor failure: the connection is gone, or must stay open.
        return Action.IDLE;
    }

    @Override
    protected void onCompleteSuccess() {
        callback.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        callback.failed(cause);
    }
}

package io.github.camelgemini.emulator.wire;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** Operations on the socket of a request. Remembers the connections that a stall left open. */
public final class Sockets {

    private final Set<EndPoint> stalled = ConcurrentHashMap.newKeySet();

    void end(Request request, Cut.Ending ending) throws IOException {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        switch (ending) {
            case RESET -> {
                // Closing with a linger time of zero makes the kernel send RST instead of FIN.
                channel(endPoint).setOption(StandardSocketOptions.SO_LINGER, 0);
                endPoint.close();
            }
            case CLOSE -> endPoint.close();
            case STALL -> stalled.add(endPoint);
        }
    }

    /** Closes the connections that a stall left open. */
    public void releaseStalled() {
        stalled.removeIf(endPoint -> {
            endPoint.close();
            return true;
        });
    }

    private static SocketChannel channel(EndPoint endPoint) {
        EndPoint innermost = endPoint;
        while (innermost instanceof EndPoint.Wrapper wrapper) {
            innermost = wrapper.unwrap();
        }
        return (SocketChannel) innermost.getTransport();
    }
}

package io.github.camelgemini.image.backend.http;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Adds the query, which may contain a key, only when a request is written. HttpClient's log entries before that do not
 * contain it.
 */
final class QueryExecutor extends HttpRequestExecutor {

    private static final String QUERY = QueryExecutor.class.getName();

    /**
     * @param query encoded, or null for none
     */
    static void give(HttpContext context, String query) {
        context.setAttribute(QUERY, query);
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback informed,
            HttpContext context)
            throws IOException, HttpException {
        Object query = context.getAttribute(QUERY);
        if (query == null || Method.CONNECT.isSame(request.getMethod())) {
            return super.execute(request, connection, informed, context);
        }
        String path = request.getPath();
        request.setPath(path + "?" + query);
        try {
            return super.execute(request, connection, informed, context);
        } finally {
            request.setPath(path);
        }
    }
}

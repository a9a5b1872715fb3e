package io.github.camelgemini.image.http;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Turns several interim answers (1xx) into a failed connection. OkHttp skips one, takes the second for the answer, and
 * fails with an {@link IllegalStateException} at its body. Without a body, the real answer would be read as that of the
 * next request.
 */
public final class InterimAnswers implements Interceptor {

    @Override
    public Response intercept(Chain chain) throws IOException {
        try {
            Response response = chain.proceed(chain.request());
            if (response.code() >= 200) {
                return response;
            }
            response.close();
        } catch (IllegalStateException e) {
            if (!String.valueOf(e.getMessage()).startsWith("state: ")) {
                throw e;
            }
        }
        chain.connection().socket().close();
        throw new ProtocolException("only interim responses (HTTP 1xx), no final response");
    }
}

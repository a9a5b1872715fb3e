package io.github.camelgemini.examples.studio;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that no page of the studio sends: requests from other sites, which would use its key, and JSON
 * without a size limit. With DNS rebinding a browser does not see another site as different, so host names are checked
 * too.
 */
@Component
class Guard extends OncePerRequestFilter {

    private static final long MAX_JSON = 64 * 1024;
    private static final Set<String> OWN = Set.of("same-origin", "none");

    /** IP addresses cannot lead elsewhere; group 1 is a host name. */
    private static final Pattern HOST =
            Pattern.compile("(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]|([^:\\[\\]]+))(?::\\d*)?");

    private final ObjectMapper json;
    private final Set<String> names = new HashSet<>(Set.of("localhost"));

    Guard(ObjectMapper json, StudioProperties properties, @Value("${server.address:localhost}") String listening) {
        this.json = json;
        names.add(listening.toLowerCase(Locale.ROOT));
        properties.allowedHosts().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(
                "Content-Security-Policy", "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (!isAllowed(request.getHeader(HttpHeaders.HOST))) {
            refuse(
                    response,
                    HttpStatus.FORBIDDEN,
                    "The studio does not answer to this host name. Add it to studio.allowed-hosts.");
            return;
        }
        if (HttpMethod.POST.matches(request.getMethod())) {
            if (isForeign(request)) {
                refuse(response, HttpStatus.FORBIDDEN, "Only the studio's own page can request pictures.");
                return;
            }
            String type = request.getContentType();
            boolean form = type != null && type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE);
            if (!form && request.getContentLengthLong() < 0) {
                refuse(response, HttpStatus.LENGTH_REQUIRED, "The request needs a Content-Length header.");
                return;
            }
            if (!form && request.getContentLengthLong() > MAX_JSON) {
                refuse(response, HttpStatus.PAYLOAD_TOO_LARGE, "The request is larger than 64 KB.");
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private boolean isAllowed(String host) {
        Matcher matcher = HOST.matcher(host == null ? "" : host.toLowerCase(Locale.ROOT));
        return matcher.matches() && (matcher.group(1) == null || names.contains(matcher.group(1)));
    }

    /** Browsers without Sec-Fetch-Site send the origin. */
    private static boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN.contains(site);
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && !origin.replaceFirst("^https?://", "").equals(request.getHeader(HttpHeaders.HOST));
    }

    private void refuse(HttpServletResponse response, HttpStatus status, String sentence) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        json.writeValue(response.getOutputStream(), new Refusal(sentence));
    }
}

package io.github.camelgemini.examples.studio;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses what no page of the studio sends: forms of other sites, which would spend its key, and JSON without measure. */
@Component
class Guard extends OncePerRequestFilter {

    private static final long MAX_JSON = 64 * 1024;
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final ObjectMapper json;

    Guard(ObjectMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(
                "Content-Security-Policy", "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (HttpMethod.POST.matches(request.getMethod())) {
            String site = request.getHeader("Sec-Fetch-Site");
            if (site != null && !OWN.contains(site)) {
                refuse(response, HttpStatus.FORBIDDEN, "Pictures can be asked for from the studio's own page only.");
                return;
            }
            String type = request.getContentType();
            boolean form = type != null && type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE);
            if (!form && request.getContentLengthLong() < 0) {
                refuse(response, HttpStatus.LENGTH_REQUIRED, "The request must say how long it is.");
                return;
            }
            if (!form && request.getContentLengthLong() > MAX_JSON) {
                refuse(response, HttpStatus.PAYLOAD_TOO_LARGE, "The request is larger than 64 KB.");
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private void refuse(HttpServletResponse response, HttpStatus status, String sentence) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        json.writeValue(response.getOutputStream(), new Refusal(sentence));
    }
}

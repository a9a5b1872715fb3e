package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.fetch.ReferenceFetcher;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.util.IOHelper;

/**
 * {@code Exchange → ImageRequest}: what the route set in the endpoint, overridden by what the message says in its headers;
 * the body and the picture attachments as prompt or reference pictures.
 */
public final class RequestReader {

    private final ImageRequest template;
    private final boolean pictureRequired;
    private final ReferenceUris references;
    private final RequestCheck check;
    private final BodyReader bodies;

    /**
     * @param template what the endpoint's options say
     * @param pictureRequired whether a message without any picture is an error, as for {@code edit}
     * @param fetcher for reference pictures that are named by URL
     * @param server scheme, host and path of the API that is called; null when there is none to tell
     */
    public RequestReader(
            CamelContext context,
            ImageRequest template,
            boolean pictureRequired,
            RequestCheck check,
            PayloadStore store,
            ReferenceFetcher fetcher,
            String server) {
        this.template = template;
        this.pictureRequired = pictureRequired;
        this.check = check;
        this.bodies = new BodyReader(store);
        this.references = new ReferenceUris(context, bodies, fetcher, server);
    }

    /**
     * Reads a message. What it carries is read at once; pictures that it names by URL are fetched on other threads.
     *
     * @return the request, done already when nothing has to be fetched, to be closed when its answer is there; or, as
     *     failure, an {@link InvalidRequestException} naming option or header, value and what is allowed, or a
     *     {@link ReferenceImageException} when a picture cannot be read or is none
     */
    public CompletableFuture<ImageRequest> read(Exchange exchange) {
        ImageRequest.Builder request = template.toBuilder();
        try {
            readHeaders(exchange.getMessage(), request);
            readBody(exchange, request);
            readAttachments(exchange, request);
            check.references(request.build());
            boolean fromMessage = exchange.getMessage().getHeader(Parameter.REFERENCE_IMAGES.headerName()) != null;
            return references
                    .read(request, fromMessage, check.largestReference(request.build()))
                    .thenApply(all -> complete(request, exchange))
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            request.discard();
                        }
                    });
        } catch (RuntimeException e) {
            request.discard();
            return CompletableFuture.failedFuture(e);
        }
    }

    private ImageRequest complete(ImageRequest.Builder request, Exchange exchange) {
        settleAspectRatio(request);
        ImageRequest complete = request.build();
        if (pictureRequired && complete.referenceImages().isEmpty()) {
            throw withoutPicture(exchange);
        }
        check.complete(complete);
        return complete;
    }

    private static InvalidRequestException withoutPicture(Exchange exchange) {
        String body = exchange.getMessage().getBody() == null ? "is empty" : "is text, no picture";
        String file = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        return new InvalidRequestException("edit needs a picture, but the message body "
                + (file == null ? "" : "(" + file + ") ") + body
                + "; give one as body, as attachment, or in the option or"
                + " header " + Parameter.REFERENCE_IMAGES + "; to draw from words alone use gemini-image:generate");
    }

    private static void readHeaders(Message message, ImageRequest.Builder request) {
        for (Parameter<?> parameter : Parameter.ALL) {
            Object value = message.getHeader(parameter.headerName());
            if (value != null) {
                request.read(parameter, value, "header " + parameter.headerName());
            }
        }
    }

    private void readBody(Exchange exchange, ImageRequest.Builder request) {
        Object body = exchange.getMessage().getBody();
        if (body == null) {
            return;
        }
        String declaredType = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        Charset charset = charset(exchange, declaredType);
        List<String> texts = new ArrayList<>();
        if (body instanceof Collection<?> items) {
            int index = 0;
            for (Object item : items) {
                add(
                        bodies.read(item, "item " + index++ + " of the message body", null, charset, request),
                        request,
                        texts);
            }
        } else {
            add(bodies.read(body, "the message body", declaredType, charset, request), request, texts);
        }
        if (request.get(Parameter.PROMPT).isEmpty() && !texts.isEmpty()) {
            request.set(Parameter.PROMPT, String.join("\n", texts));
        }
    }

    /** As Camel was told, else as the Content-Type says, else UTF-8. */
    private static Charset charset(Exchange exchange, String contentType) {
        String name = ExchangeHelper.getCharsetName(exchange, false);
        if (name == null) {
            name = contentType == null ? "UTF-8" : IOHelper.getCharsetNameFromContentType(contentType);
        }
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("charset '" + name + "' of the message body is unknown to this JVM", e);
        }
    }

    private static void add(BodyReader.Content content, ImageRequest.Builder request, List<String> texts) {
        if (content.picture() != null) {
            request.addReferenceImage(content.picture());
        } else {
            texts.add(content.text());
        }
    }

    /** Pictures among the attachments; what is declared as something else, such as a signature in a mail, is left alone. */
    private void readAttachments(Exchange exchange, ImageRequest.Builder request) {
        AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
        if (!message.hasAttachments()) {
            return;
        }
        message.getAttachments().forEach((id, content) -> {
            String type = String.valueOf(content.getContentType()).toLowerCase(Locale.ROOT);
            if (type.startsWith("image/") || type.startsWith("application/octet-stream")) {
                BodyReader.Content read =
                        bodies.read(content, "attachment " + id, "image/*", StandardCharsets.UTF_8, request);
                request.addReferenceImage(read.picture());
            }
        });
    }

    /** {@code auto} becomes the supported ratio nearest to the first picture as a person sees it; without one, nothing. */
    private void settleAspectRatio(ImageRequest.Builder request) {
        request.get(Parameter.ASPECT_RATIO)
                .filter(AspectRatio::isAuto)
                .ifPresent(auto -> request.set(
                        Parameter.ASPECT_RATIO,
                        check.nearestAspectRatio(request.build()).orElse(null)));
    }
}

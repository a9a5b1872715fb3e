package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.GeminiImageHeaders;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.fetch.ReferenceFetcher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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

    private static final Pattern MODEL_OF_MESSAGE = Pattern.compile("(models/)?[A-Za-z0-9][A-Za-z0-9._-]*");

    private final ImageRequest template;
    private final boolean pictureRequired;
    private final ReferenceUris references;
    private final RequestCheck check;
    private final BodyReader bodies;
    private final FieldNames names;
    private final boolean strictJson;
    private final PayloadStore store;
    private final boolean conversational;

    /**
     * @param template what the endpoint's options say
     * @param pictureRequired whether a message without any picture is an error, as for {@code edit}
     * @param isOption whether there is such an option, in any case; a message may set the parameters only
     * @param strictJson whether an unknown field of a JSON request is an error
     * @param conversational whether a message without a prompt may undo or reset a conversation, as for {@code chat}
     * @param fetcher for reference pictures that are named by URL
     * @param server scheme, host and path of the API that is called; null when there is none to tell
     */
    public RequestReader(
            CamelContext context,
            ImageRequest template,
            boolean pictureRequired,
            boolean conversational,
            RequestCheck check,
            PayloadStore store,
            ReferenceFetcher fetcher,
            String server,
            Predicate<String> isOption,
            boolean strictJson) {
        this.store = store;
        this.conversational = conversational;
        this.template = template;
        this.pictureRequired = pictureRequired;
        this.check = check;
        this.bodies = new BodyReader(store);
        this.references = new ReferenceUris(context, bodies, fetcher, server);
        template.get(Parameter.REFERENCE_IMAGES).orElse(List.of()).forEach(references::checkOfRoute);
        this.names = new FieldNames(isOption);
        this.strictJson = strictJson;
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
            List<String> texts = readBody(exchange, request);
            readHeaders(exchange.getMessage(), request);
            if (request.get(Parameter.PROMPT).isEmpty() && !texts.isEmpty()) {
                request.set(Parameter.PROMPT, String.join("\n", texts));
            }
            checkModel(request);
            readAttachments(exchange, request);
            references.read(request, isNamedByMessage(exchange.getMessage()));
            check.beforeFetching(request.build());
            return references
                    .fetch(request, check.largestReference(request.build()))
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
        readContents(exchange, request);
        ImageRequest complete = request.build();
        if (pictureRequired && complete.allImages().findAny().isEmpty()) {
            throw withoutPicture(exchange);
        }
        if (!(conversational && complete.onlyActsOnConversation())) {
            check.complete(complete);
        }
        return complete;
    }

    /**
     * A request as the next turn of a conversation.
     *
     * @param history what was said before
     * @throws InvalidRequestException when both together are more than the model takes
     */
    public ImageRequest continued(ImageRequest request, List<Turn> history) {
        ImageRequest complete = request.toBuilder().history(history).build();
        check.complete(complete);
        return complete;
    }

    /** A conversation that the message brings along. */
    private void readContents(Exchange exchange, ImageRequest.Builder request) {
        Object header = exchange.getMessage().getHeader(GeminiImageHeaders.CONTENTS);
        Object value = header == null ? exchange.getProperty(GeminiImageHeaders.CONTENTS) : header;
        if (value == null) {
            return;
        }
        String source = (header == null ? "exchange property " : "header ") + GeminiImageHeaders.CONTENTS;
        try (InputStream json = bodies.bytes(value, source, request).newInputStream()) {
            Contents contents = Contents.read(json, store, source);
            contents.payloads().forEach(request::own);
            request.history(contents.turns());
        } catch (IOException e) {
            throw new InvalidRequestException(source + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A message chooses among models; a resource name would choose a project, a location or another kind of thing. */
    private void checkModel(ImageRequest.Builder request) {
        String model = request.get(Parameter.MODEL).orElse("");
        boolean ofRoute = model.equals(template.get(Parameter.MODEL).orElse(""));
        if (!ofRoute && !MODEL_OF_MESSAGE.matcher(model).matches()) {
            throw new InvalidRequestException("model '" + Values.quote(model)
                    + "' of a message must be the id of a model such as gemini-3.1-flash-image; resource names can only be"
                    + " written in the route itself, as option model");
        }
    }

    /**
     * Reads which model a message asks about.
     *
     * @return an id, or null when body and header say nothing
     * @throws InvalidRequestException when it is none
     */
    public String readModelId(Exchange exchange) {
        Object header = exchange.getMessage().getHeader(Parameter.MODEL.headerName());
        ImageRequest.Builder request = ImageRequest.builder();
        try {
            Object asked = header == null ? textOfBody(exchange, request) : header;
            if (asked == null || asked.toString().isBlank()) {
                return null;
            }
            String source = header == null ? "model in the message body" : "header " + Parameter.MODEL.headerName();
            request.read(Parameter.MODEL, asked, source);
            checkModel(request);
            return request.get(Parameter.MODEL).orElseThrow();
        } finally {
            request.discard();
        }
    }

    /** Null for a body that is none or a picture, which is not made text of. */
    private String textOfBody(Exchange exchange, ImageRequest.Builder request) {
        Object body = exchange.getMessage().getBody();
        String type = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        return body == null
                ? null
                : bodies.read(body, "the message body", type, charset(exchange, type), request)
                        .text();
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

    /** Reads pictures and parameters, and gives back the texts that are no parameters. */
    private List<String> readBody(Exchange exchange, ImageRequest.Builder request) {
        Object body = exchange.getMessage().getBody();
        List<String> texts = new ArrayList<>();
        if (body == null) {
            return texts;
        }
        String declaredType = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        Charset charset = charset(exchange, declaredType);
        if (body instanceof ImageRequest typed) {
            request.add(typed);
        } else if (body instanceof Collection<?> items) {
            int index = 0;
            for (Object item : items) {
                add(bodies.readItem(item, index++, charset, request), request, texts);
            }
        } else {
            BodyReader.Content content = bodies.readBody(body, declaredType, charset, request);
            if (content.fields() == null) {
                add(content, request, texts);
            } else {
                readFields(content.fields(), exchange.getMessage(), request);
            }
        }
        return texts;
    }

    private void readFields(ObjectNode json, Message message, ImageRequest.Builder request) {
        RequestFields fields = new RequestFields(names, strictJson, request);
        fields.read(json);
        if (message.getHeader(Parameter.REFERENCE_IMAGES.headerName()) == null) {
            fields.pictures().ifPresent(pictures -> references.add(pictures, request));
        }
    }

    private static boolean isNamedByMessage(Message message) {
        return message.getHeader(Parameter.REFERENCE_IMAGES.headerName()) != null
                || (message.getBody() instanceof ImageRequest typed && typed.has(Parameter.REFERENCE_IMAGES));
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

    /** Pictures among the attachments; what is declared as something else, a PDF or a drawing in SVG, is left alone. */
    private void readAttachments(Exchange exchange, ImageRequest.Builder request) {
        AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
        if (!message.hasAttachments()) {
            return;
        }
        message.getAttachments().forEach((id, content) -> {
            String type = String.valueOf(content.getContentType()).toLowerCase(Locale.ROOT);
            if (type.startsWith("application/octet-stream")) {
                // What a mail program says of anything it does not know.
                bodies.picture(content, "attachment " + id, request).ifPresent(request::addReferenceImage);
            } else if (type.startsWith("image/") && !type.startsWith("image/svg")) {
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

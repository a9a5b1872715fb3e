package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.LocalStorageException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.payload.PayloadSource;
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
import java.util.Optional;
import java.util.Set;
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
 * {@code Exchange → ImageRequest}. Starts from the endpoint's options, which the headers of the message override. The
 * body and the attachments give prompt and reference images.
 */
public final class RequestReader {

    private static final String MESSAGE_BODY = "the message body";
    private static final Pattern NAME_OF_PICTURE =
            Pattern.compile("\\.(png|jpe?g|webp|hei[cf]|avif|gif|bmp|tiff?)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern MODEL_OF_MESSAGE = Pattern.compile("(models/)?[A-Za-z0-9][A-Za-z0-9._-]*");

    private final ImageRequest template;
    private final boolean pictureRequired;
    private final ReferenceUris references;
    private final RequestCheck check;
    private final ReferencesOfService service;
    private final BodyReader bodies;
    private final long mostBytes;
    private final FieldNames names;
    private final boolean strictJson;
    private final PayloadStore store;
    private final boolean conversational;
    private final MessageValues values;

    /**
     * @param template the options of the endpoint
     * @param pictureRequired whether a message without any picture is an error, as for {@code edit}
     * @param isOption whether there is such an option, in any case; a message may set parameters only
     * @param strictJson whether an unknown field of a JSON request is an error
     * @param conversational whether a message without a prompt may undo or reset a conversation, as for {@code chat}
     * @param limits for the content of a message
     * @param fetcher for reference images by URL
     * @param service how the service takes reference images
     */
    public RequestReader(
            CamelContext context,
            ImageRequest template,
            boolean pictureRequired,
            boolean conversational,
            RequestCheck check,
            PayloadStore store,
            ReferenceFetcher fetcher,
            ReferencesOfService service,
            Predicate<String> isOption,
            boolean strictJson,
            InputLimits limits) {
        this.values = new MessageValues(context);
        this.store = store;
        this.conversational = conversational;
        this.template = template;
        this.pictureRequired = pictureRequired;
        this.check = check;
        this.service = service;
        this.bodies = new BodyReader(store, limits);
        this.mostBytes = limits.bytes();
        this.references = new ReferenceUris(context, bodies, fetcher, service);
        template.get(Parameter.REFERENCE_IMAGES).orElse(List.of()).forEach(references::checkOfRoute);
        this.names = new FieldNames(isOption);
        this.strictJson = strictJson;
    }

    /**
     * Reads a message. Its own content is read at once; pictures that it refers to by URL are fetched on other threads.
     *
     * @return the request, already complete when nothing has to be fetched. Close it when its answer is there. Fails
     *     with an {@link InvalidRequestException} that names option or header, value and what is allowed, or with a
     *     {@link ReferenceImageException} when a picture cannot be used.
     */
    public CompletableFuture<ImageRequest> read(Exchange exchange) {
        ImageRequest.Builder request = template.toBuilder().exchangeId(exchange.getExchangeId());
        try {
            boolean bodyIsEmpty = readBody(exchange, request);
            List<Object> carried = readHeaders(exchange, request);
            if (bodyIsEmpty && !isWithoutBody(exchange, request)) {
                throw BodyReader.empty(MESSAGE_BODY);
            }
            checkModel(request);
            readAttachments(exchange, request);
            if (carried.isEmpty()) {
                references.read(request, isNamedByMessage(exchange.getMessage()));
            } else {
                references.add(carried, request);
            }
            check.beforeFetching(request.build());
            service.check().accept(request.build());
            return references
                    .fetch(request, check.largestReference(request.build()), mostBytes)
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
        if (pictureRequired && complete.allImages().noneMatch(ReferenceImage::mayBePicture)) {
            throw withoutPicture(exchange);
        }
        if (!(conversational && complete.onlyActsOnConversation())) {
            check.complete(complete);
        }
        return complete;
    }

    /**
     * Reads a saved conversation.
     *
     * @param json from {@link Contents#write}
     * @param name for errors
     */
    public Contents kept(InputStream json, String name) throws IOException {
        return Contents.read(json, store, name, references::ofKept, true);
    }

    /**
     * The request as the next turn of a conversation.
     *
     * @param history the turns before
     * @throws InvalidRequestException when both together exceed the model's limits
     */
    public ImageRequest continued(ImageRequest request, List<Turn> history) {
        ImageRequest complete = request.toBuilder().history(history).build();
        check.complete(complete);
        return complete;
    }

    /** The conversation in the message. */
    private void readContents(Exchange exchange, ImageRequest.Builder request) {
        Object header = exchange.getMessage().getHeader(RequestHeaders.CONTENTS);
        Object value = values.plain(header == null ? exchange.getProperty(RequestHeaders.CONTENTS) : header, exchange);
        if (value == null) {
            return;
        }
        String source = (header == null ? "exchange property " : "header ") + RequestHeaders.CONTENTS;
        try (InputStream json = bodies.bytes(value, source, request).newInputStream()) {
            Contents contents = Contents.read(json, store, source, references::ofTheApi, false);
            contents.payloads().forEach(request::own);
            request.history(contents.turns());
        } catch (IOException e) {
            throw LocalStorageException.or(
                    e, () -> new InvalidRequestException(source + " cannot be read: " + e.getMessage(), e));
        }
    }

    MessageValues values() {
        return values;
    }

    BodyReader bodies() {
        return bodies;
    }

    /** The request that every message starts from. */
    ImageRequest template() {
        return template;
    }

    PayloadStore store() {
        return store;
    }

    /**
     * A message may only choose a model. A resource name could also choose a project, a location or another kind of
     * resource.
     */
    private void checkModel(ImageRequest.Builder request) {
        String model = request.get(Parameter.MODEL).orElse("");
        boolean ofRoute = model.equals(template.get(Parameter.MODEL).orElse(""));
        if (!ofRoute && !MODEL_OF_MESSAGE.matcher(model).matches()) {
            throw new InvalidRequestException("model '" + Values.quote(model)
                    + "' of a message must be the id of a model such as gemini-3.1-flash-image; resource names are only"
                    + " allowed in the route itself, as option model");
        }
    }

    /**
     * Reads the model id that a message asks about.
     *
     * @return null when body and header contain none
     * @throws InvalidRequestException when it is not a valid id
     */
    public String readModelId(Exchange exchange) {
        Object header = values.plainWithin(exchange.getMessage().getHeader(Parameter.MODEL.headerName()), exchange);
        ImageRequest.Builder request = ImageRequest.builder();
        try {
            String source = header == null ? "model in the message body" : "header " + Parameter.MODEL.headerName();
            Object asked = header == null ? textOfBody(exchange, request) : bodies.asText(header, source, request);
            if (asked == null || asked.toString().isBlank()) {
                return null;
            }
            request.read(Parameter.MODEL, asked, source);
            checkModel(request);
            return request.get(Parameter.MODEL).orElseThrow();
        } finally {
            request.discard();
        }
    }

    /** Null for an empty body or a picture, which is not converted to text. */
    private String textOfBody(Exchange exchange, ImageRequest.Builder request) {
        Object body = values.plain(exchange.getMessage().getBody(), exchange);
        String type = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        return body == null
                ? null
                : bodies.readBody(body, type, charset(exchange, type), request).text();
    }

    private static InvalidRequestException withoutPicture(Exchange exchange) {
        Object carried = exchange.getMessage().getBody();
        boolean empty = carried == null
                || (carried instanceof CharSequence text && text.toString().isBlank());
        String body = empty ? "is empty" : "is text, not an image";
        String file = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        return new InvalidRequestException("edit requires an image, but the message body "
                + (file == null ? "" : "(" + file + ") ") + body
                + ". Send an image as body or attachment, or in the option or"
                + " header " + Parameter.REFERENCE_IMAGES + ". To generate from text alone, use gemini-image:generate");
    }

    /**
     * Reads parameters.
     *
     * @return the reference images of the header, if some of them are bytes
     */
    private List<Object> readHeaders(Exchange exchange, ImageRequest.Builder request) {
        List<Object> carried = List.of();
        for (Parameter<?> parameter : Parameter.ALL) {
            Object value = exchange.getMessage().getHeader(parameter.headerName());
            if (value == null) {
                continue;
            }
            String source = "header " + parameter.headerName();
            Object plain = values.plainWithin(value, exchange);
            if (parameter == Parameter.REFERENCE_IMAGES && plain != null) {
                List<Object> named = pictures(plain, source, request);
                if (named.stream().anyMatch(PayloadSource.class::isInstance)) {
                    carried = named;
                    request.set(Parameter.REFERENCE_IMAGES, null);
                    continue;
                }
                plain = named;
            } else {
                plain = bodies.asText(plain, source, request);
            }
            if (plain != null) {
                request.read(parameter, plain, source);
            }
        }
        return carried;
    }

    /** URIs as text, and pictures as bytes. */
    private List<Object> pictures(Object named, String source, ImageRequest.Builder request) {
        List<Object> all = new ArrayList<>();
        for (Object item : named instanceof Collection<?> items ? items : List.of(named)) {
            if (!MessageValues.isContent(item)) {
                all.addAll(named instanceof Collection<?> ? List.of(item) : Values.uris(item));
                continue;
            }
            Object read = bodies.pictureOrText(item, source, request);
            all.addAll(read instanceof String text ? Values.uris(text) : List.of(read));
        }
        return all;
    }

    /**
     * Reads pictures, parameters and text.
     *
     * @return whether there was an empty body
     */
    private boolean readBody(Exchange exchange, ImageRequest.Builder request) {
        Object body = values.plain(exchange.getMessage().getBody(), exchange);
        if (body == null) {
            return isEmptyUpload(exchange.getMessage());
        }
        String declaredType = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        Charset charset = charset(exchange, declaredType);
        List<String> texts = new ArrayList<>();
        if (body instanceof ImageRequest typed) {
            request.add(typed);
        } else if (body instanceof Collection<?> items) {
            if (items.isEmpty()) {
                throw new ReferenceImageException(
                        MESSAGE_BODY + " is an empty list; a list must contain images and text");
            }
            int index = 0;
            for (Object item : items) {
                add(bodies.readItem(values.plain(item, exchange), index++, charset, request), request, texts);
            }
        } else {
            BodyReader.Content content = bodies.readBody(body, declaredType, charset, request);
            if (content.isEmpty()) {
                return true;
            }
            if (content.fields() == null) {
                add(content, request, texts);
            } else {
                readFields(content.fields(), exchange.getMessage(), request);
            }
        }
        if (!texts.isEmpty() && !isGiven(Parameter.PROMPT, exchange, request)) {
            request.read(Parameter.PROMPT, String.join("\n", texts), MESSAGE_BODY);
        }
        return false;
    }

    /** {@code platform-http} gives an upload without bytes as a missing body, with the picture's Content-Type. */
    private static boolean isEmptyUpload(Message message) {
        String method =
                message.getHeader(Exchange.HTTP_METHOD, "", String.class).toUpperCase(Locale.ROOT);
        String type = message.getHeader(Exchange.CONTENT_TYPE, "", String.class).toLowerCase(Locale.ROOT);
        return Set.of("POST", "PUT").contains(method)
                && (type.startsWith("image/") || type.startsWith("application/octet-stream"));
    }

    /** Whether a header or an option sets it; both override the text of a body. */
    private boolean isGiven(Parameter<?> parameter, Exchange exchange, ImageRequest.Builder request) {
        return request.get(parameter).isPresent() || hasHeader(parameter, exchange.getMessage());
    }

    private boolean hasHeader(Parameter<?> parameter, Message message) {
        return values.plain(message.getHeader(parameter.headerName()), message.getExchange()) != null;
    }

    /** Whether no body is expected: a GET has none, and undoing a turn of a conversation needs none. */
    private boolean isWithoutBody(Exchange exchange, ImageRequest.Builder request) {
        String method = exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class);
        // After a call to another server, the header no longer describes this message.
        boolean get = ("GET".equalsIgnoreCase(method) || "HEAD".equalsIgnoreCase(method))
                && exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE) == null;
        return get || (conversational && request.build().onlyActsOnConversation());
    }

    private void readFields(ObjectNode json, Message message, ImageRequest.Builder request) {
        RequestFields fields = new RequestFields(names, strictJson, references::ofTheApi, request);
        fields.read(json);
        if (!hasHeader(Parameter.REFERENCE_IMAGES, message)) {
            fields.pictures().ifPresent(pictures -> references.add(pictures, request));
        }
    }

    private boolean isNamedByMessage(Message message) {
        return hasHeader(Parameter.REFERENCE_IMAGES, message)
                || (message.getBody() instanceof ImageRequest typed && typed.has(Parameter.REFERENCE_IMAGES));
    }

    /** The charset that Camel knows, or else that of the Content-Type, or else UTF-8. */
    static Charset charset(Exchange exchange, String contentType) {
        String name = ExchangeHelper.getCharsetName(exchange, false);
        if (name == null) {
            name = contentType == null ? "UTF-8" : IOHelper.getCharsetNameFromContentType(contentType);
        }
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(
                    "charset '" + name + "' of the message body is not supported by this JVM", e);
        }
    }

    private static void add(BodyReader.Content content, ImageRequest.Builder request, List<String> texts) {
        if (content.picture() != null) {
            request.addReferenceImage(content.picture());
        } else {
            texts.add(content.text());
        }
    }

    /**
     * The pictures among the attachments. Attachments declared as another type, a PDF or an SVG, are skipped. An upload
     * may be both body and attachment, and a mail may repeat a logo in every part; both count as one picture.
     */
    private void readAttachments(Exchange exchange, ImageRequest.Builder request) {
        AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
        if (!message.hasAttachments()) {
            return;
        }
        message.getAttachments().forEach((id, content) -> {
            String type = String.valueOf(content.getContentType()).toLowerCase(Locale.ROOT);
            Optional<ReferenceImage.Inline> picture = Optional.empty();
            if (type.startsWith("application/octet-stream")) {
                // Mail programs use this type for everything they do not know.
                boolean named = NAME_OF_PICTURE.matcher(id).find()
                        || NAME_OF_PICTURE
                                .matcher(String.valueOf(content.getName()))
                                .find();
                picture = bodies.picture(content, "attachment " + id, named, request)
                        .filter(attached -> attached.info().isPicture());
            } else if (type.startsWith("image/") && !type.startsWith("image/svg")) {
                picture =
                        Optional.of(bodies.read(content, "attachment " + id, "image/*", StandardCharsets.UTF_8, request)
                                .picture());
            }
            picture.filter(attached -> request.referenceImages().stream().noneMatch(attached::hasSameBytes))
                    .ifPresent(request::addReferenceImage);
        });
    }

    /**
     * Replaces {@code auto} by the supported ratio nearest to the first displayed picture; removes it if there is none.
     */
    private void settleAspectRatio(ImageRequest.Builder request) {
        request.get(Parameter.ASPECT_RATIO)
                .filter(AspectRatio::isAuto)
                .ifPresent(auto -> request.set(
                        Parameter.ASPECT_RATIO,
                        check.nearestAspectRatio(request.build()).orElse(null)));
    }
}

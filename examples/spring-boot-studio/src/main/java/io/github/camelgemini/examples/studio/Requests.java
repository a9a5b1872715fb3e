package io.github.camelgemini.examples.studio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.GeminiImageComponent;
import io.github.camelgemini.image.GeminiImageConfiguration;
import io.github.camelgemini.image.GeminiImageHeaders;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.PayloadSource;
import jakarta.activation.FileDataSource;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.support.DefaultMessage;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * Turns an HTTP request into a message for {@code gemini-image:chat}. It is a new message without any header of the
 * client.
 */
@Component
class Requests {

    /** Header: the id of the picture, which {@code progressUri} gets with every event. */
    static final String PICTURE = "picture";
    /** Property: the uploaded files, as a list of {@link Path}; deleted when the picture is finished. */
    static final String UPLOADS = "uploads";

    private static final int MAX_UPLOADS = 14;

    private final ObjectMapper json;
    private final Pictures pictures;

    Requests(ObjectMapper json, Pictures pictures) {
        this.json = json;
        this.pictures = pictures;
    }

    /** Reads a JSON object with the fields of {@link Order}. */
    void readJson(Exchange exchange) throws IOException {
        InputStream body = exchange.getMessage().getBody(InputStream.class);
        Map<String, Object> fields;
        try {
            fields = json.readValue(
                    body == null ? InputStream.nullInputStream() : body, new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new RefusedException(HttpStatus.BAD_REQUEST, "The request is not a JSON object.");
        }
        accept(exchange, order(exchange, fields == null ? Map.of() : fields), List.of());
    }

    /** Reads a multipart form with the fields of {@link Order} and pictures. */
    void readForm(Exchange exchange) {
        HttpServletRequest request =
                exchange.getMessage().getHeader(Exchange.HTTP_SERVLET_REQUEST, HttpServletRequest.class);
        List<Path> uploads = exchange.getMessage(AttachmentMessage.class).getAttachments().values().stream()
                .map(attachment ->
                        ((FileDataSource) attachment.getDataSource()).getFile().toPath())
                .toList();
        try {
            // Of several files with the same name, platform-http gives only the first.
            if (request instanceof MultipartHttpServletRequest form
                    && form.getMultiFileMap().values().stream().anyMatch(files -> files.size() > 1)) {
                throw new RefusedException(
                        HttpStatus.BAD_REQUEST, "Send each picture in its own field: picture1, picture2, …");
            }
            if (uploads.isEmpty() || uploads.size() > MAX_UPLOADS) {
                throw new RefusedException(
                        HttpStatus.BAD_REQUEST,
                        "The form has " + uploads.size() + " pictures; 1 to " + MAX_UPLOADS + " can be edited.");
            }
            // The component would add a text file to the prompt.
            if (uploads.stream()
                    .anyMatch(upload -> ImageInfo.read(PayloadSource.of(upload)).isEmpty())) {
                throw new RefusedException(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "One of the files is not a picture that can be edited. Send PNG, JPEG, WebP or HEIC.");
            }
            Map<String, String> fields = new HashMap<>();
            request.getParameterMap().forEach((name, values) -> fields.put(name, values[0]));
            accept(exchange, order(exchange, fields), uploads);
        } catch (RuntimeException e) {
            uploads.forEach(Pictures::delete);
            throw e;
        }
    }

    private static Order order(Exchange exchange, Map<String, ?> fields) {
        GeminiImageComponent component = exchange.getContext().getComponent("gemini-image", GeminiImageComponent.class);
        GeminiImageConfiguration drawing = component.getConfiguration();
        String face = drawing.getProject() == null ? "developer" : "vertex";
        return Order.of(fields, component.getModelCatalog().at(face).find(drawing.getModel()));
    }

    // tag::accept[]
    private void accept(Exchange exchange, Order order, List<Path> uploads) {
        Picture picture = pictures.add(order, uploads.size());
        DefaultMessage message = new DefaultMessage(exchange.getContext());
        message.setHeader(PICTURE, picture.id());
        message.setHeader(GeminiImageHeaders.CONVERSATION_ID, picture.conversation());
        message.setHeader(GeminiImageHeaders.PROMPT, order.prompt());
        set(message, GeminiImageHeaders.ASPECT_RATIO, order.aspectRatio());
        set(message, GeminiImageHeaders.IMAGE_SIZE, order.imageSize());
        message.setBody(uploads.isEmpty() ? null : uploads);
        exchange.setMessage(message);
        exchange.setProperty(UPLOADS, uploads);
    }
    // end::accept[]

    private static void set(DefaultMessage message, String header, String value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}

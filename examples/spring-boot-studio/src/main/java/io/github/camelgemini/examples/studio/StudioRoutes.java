package io.github.camelgemini.examples.studio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.GeminiImageHeaders;
import io.github.camelgemini.image.error.GeminiImageException;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.rest.ResponseMessageDefinition;
import org.apache.camel.model.rest.RestParamType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The REST API, and the route from a request to its picture. */
@Component
class StudioRoutes extends RouteBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(StudioRoutes.class);
    private static final String JSON = "application/json";

    private final Requests requests;
    private final Pictures pictures;
    private final StudioProperties properties;
    private final ObjectMapper json;

    StudioRoutes(Requests requests, Pictures pictures, StudioProperties properties, ObjectMapper json) {
        this.requests = requests;
        this.pictures = pictures;
        this.properties = properties;
        this.json = json;
    }

    @Override
    public void configure() {
        onException(RefusedException.class).handled(true).process(this::refuse);

        api();
        accept();
        draw();
        show();
    }

    private void api() {
        restConfiguration()
                .apiContextPath("/api/openapi.json")
                // Without a scheme there is no server, and clients use that of the document; Camel would write
                // http://0.0.0.0.
                .apiProperty("schemes", ",")
                .apiProperty("api.title", "Picture studio")
                .apiProperty("api.version", "1")
                .apiProperty(
                        "api.description",
                        "Draws and edits pictures. A request is accepted with 202 and the picture's id. GET /api/pictures/{id}/events sends its progress as server-sent events. Each"
                                + " event is called progress and has the data of GET /api/pictures/{id}. The stream ends when the picture is done or failed. Errors are JSON with a sentence in the field error.");

        // tag::rest[]
        rest("/api/pictures")
                .post()
                .id("drawPicture")
                .description("Draws a picture, or continues a conversation")
                .consumes(JSON)
                .produces(JSON)
                .type(Order.class)
                .param()
                .name("body")
                .type(RestParamType.body)
                .description("What to draw")
                .endParam()
                .responseMessage(
                        answered(202, "Accepted; its id is in the body, its address in Location", Picture.class))
                .responseMessage(answered(400, "A field is wrong", Refusal.class))
                .responseMessage(answered(404, "The picture to edit again has been deleted", Refusal.class))
                .responseMessage(answered(409, "There is no picture to edit yet", Refusal.class))
                .responseMessage(answered(429, "Too many are being drawn", Refusal.class))
                .to("direct:accept-json")
                .get("/{id}")
                .id("getPicture")
                .description("The progress of a picture")
                .produces(JSON)
                .responseMessage(answered(200, "Its state, and its size and cost, or an error", Picture.class))
                .responseMessage(answered(404, "There is none", Refusal.class))
                .to("direct:show")
                .get("/{id}/file")
                .id("getPictureFile")
                .description("The picture")
                .produces("image/jpeg,image/png,image/webp")
                .responseMessage(answered(200, "The bytes", File.class))
                .responseMessage(
                        new ResponseMessageDefinition().code(404).message("There is none, or it is not ready yet"))
                .to("direct:file");
        // end::rest[]

        rest("/api/edits")
                .post()
                .id("editPictures")
                .description("Edits pictures, or makes one of several")
                .consumes("multipart/form-data")
                .produces(JSON)
                .type(EditForm.class)
                .param()
                .name("body")
                .type(RestParamType.body)
                .description("1 to 14 pictures, each in its own field, and what to change")
                .endParam()
                .responseMessage(
                        answered(202, "Accepted; its id is in the body, its address in Location", Picture.class))
                .responseMessage(answered(400, "A field is wrong", Refusal.class))
                .responseMessage(answered(404, "The picture to edit again has been deleted", Refusal.class))
                .responseMessage(answered(409, "There is no picture to edit yet", Refusal.class))
                .responseMessage(answered(413, "The upload is too large", Refusal.class))
                .responseMessage(answered(415, "A file is not a picture", Refusal.class))
                .responseMessage(answered(429, "Too many are being drawn", Refusal.class))
                .to("direct:accept-form");
    }

    /** responseMessage(code, message) of the DSL creates this too, but does not add it (Camel 4.18.0). */
    private static ResponseMessageDefinition answered(int code, String message, Class<?> body) {
        return new ResponseMessageDefinition().code(code).message(message).responseModel(body);
    }

    private void accept() {
        from("direct:accept-json").process(requests::readJson).to("direct:accept");
        from("direct:accept-form").process(requests::readForm).to("direct:accept");

        from("direct:accept").to(ExchangePattern.InOnly, "seda:draw").process(exchange -> {
            Picture picture = pictures.get(exchange.getMessage().getHeader(Requests.PICTURE, String.class));
            Message answer = answer(exchange, 202, JSON, write(picture));
            answer.setHeader("Location", "/api/pictures/" + picture.id());
        });
    }

    private void draw() {
        // tag::draw[]
        from("seda:draw")
                .routeId("draw")
                .onException(Exception.class)
                .handled(true)
                .process(this::failed)
                .end()
                .onCompletion()
                .process(this::deleteUploads)
                .end()
                .to("gemini-image:chat?stream=true&progressUri=direct:progress")
                .to("file:{{studio.folder}}?fileName=${header.picture}.${header.CamelGeminiImageExtension}")
                .process(this::done);

        from("direct:progress").process(this::progress);
        // end::draw[]
    }

    private void show() {
        from("direct:show").process(exchange -> answer(exchange, 200, JSON, write(asked(exchange))));

        from("direct:file").process(exchange -> {
            Picture picture = asked(exchange);
            if (picture.drawn() == null) {
                throw new RefusedException(HttpStatus.NOT_FOUND, "This picture is not ready yet, or it failed.");
            }
            Message answer = answer(
                    exchange,
                    200,
                    picture.drawn().type(),
                    picture.drawn().file().toFile());
            answer.setHeader("Cache-Control", "private, max-age=3600, immutable");
        });
    }

    private Picture asked(Exchange exchange) {
        return pictures.get(exchange.getMessage().getHeader("id", String.class));
    }

    // tag::progress[]
    private void progress(Exchange event) {
        Message message = event.getMessage();
        String id = message.getHeader(Requests.PICTURE, String.class);
        Long bytes = message.getHeader(GeminiImageHeaders.PROGRESS_BYTES, Long.class);
        pictures.update(id, picture -> picture.drawing(bytes == null ? picture.bytes() : bytes));
    }
    // end::progress[]

    private void done(Exchange exchange) {
        Message message = exchange.getMessage();
        String id = message.getHeader(Requests.PICTURE, String.class);
        Path file =
                properties.folder().resolve(id + "." + message.getHeader(GeminiImageHeaders.EXTENSION, String.class));
        pictures.update(
                id,
                picture -> picture.done(
                        file.toFile().length(),
                        new Picture.Drawn(
                                message.getHeader(Exchange.CONTENT_TYPE, String.class),
                                message.getHeader(GeminiImageHeaders.WIDTH, Integer.class),
                                message.getHeader(GeminiImageHeaders.HEIGHT, Integer.class),
                                message.getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class),
                                file)));
    }

    private void failed(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String id = exchange.getMessage().getHeader(Requests.PICTURE, String.class);
        if (!(failure instanceof GeminiImageException)) {
            LOG.warn("Picture {} could not be drawn", id, failure);
        } else if (!Sentences.concernsSender(failure)) {
            LOG.warn(
                    "Picture {} could not be drawn: {}",
                    id,
                    failure.getMessage().replaceAll("\\s+", " "));
        }
        pictures.update(id, picture -> picture.failed(Sentences.of(failure)));
    }

    private void deleteUploads(Exchange exchange) {
        List<?> uploads = exchange.getProperty(Requests.UPLOADS, List.of(), List.class);
        uploads.forEach(upload -> Pictures.delete((Path) upload));
    }

    private void refuse(Exchange exchange) {
        RefusedException refusal = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, RefusedException.class);
        answer(exchange, refusal.status().value(), JSON, write(new Refusal(refusal.getMessage())));
    }

    private static Message answer(Exchange exchange, int status, String type, Object body) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setBody(body);
        return message;
    }

    private byte[] write(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.github.camelgemini.docs.routes;

import io.github.camelgemini.image.GeminiImageHeaders;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.QuotaExhaustedException;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.payload.ImageInfo;
import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.request.ImageRequest;
import io.github.camelgemini.image.request.Parameter;
import io.github.camelgemini.image.request.ReferenceImage;
import io.github.camelgemini.image.result.GeneratedImage;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultWriter;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;

/** The smaller routes of the reference pages; {@code SnippetsTest} runs each. */
public class Snippets extends RouteBuilder {

    @Override
    public void configure() {
        failures();
        parameters();
        pictures();
        results();
        jobs();
    }

    private void failures() {
        // tag::errors[]
        onException(PromptBlockedException.class, ImageBlockedException.class)
                .handled(true)
                .log("Refused: ${exception.message}")
                .to("mock:refused");

        onException(QuotaExhaustedException.class)
                .handled(true)
                .log("No quota before ${exception.availableAgain}")
                .to("mock:tomorrow");

        onException(GeminiImageException.class)
                .handled(true)
                .log("HTTP ${exception.httpStatus} after ${exception.attempts} calls: ${exception.message}")
                .to("mock:failed");
        // end::errors[]

        from("direct:draw").to("gemini-image:generate?retryInitialDelay=10").to("mock:drawn");
    }

    private void parameters() {
        // tag::headers[]
        from("direct:banner")
                .setHeader(GeminiImageHeaders.ASPECT_RATIO, constant("21:9"))
                .setHeader(GeminiImageHeaders.IMAGE_SIZE, simple("${header.quality} == 'print' ? '4K' : '1K'"))
                .to("gemini-image:generate?aspectRatio=1:1")
                // The options of this call do not apply to the next one.
                .removeHeaders("CamelGeminiImage*")
                .to("mock:banner");
        // end::headers[]

        // tag::untrusted[]
        from("direct:from-outside")
                .removeHeaders("CamelGeminiImage*")
                // Without this, a JSON body could set parameters like headers; now it is only a prompt.
                .setHeader(GeminiImageHeaders.PROMPT, bodyAs(String.class))
                .setBody(constant(null))
                .to("gemini-image:generate?numImages=1")
                .to("mock:from-outside");
        // end::untrusted[]
    }

    private void pictures() {
        // tag::references[]
        from("direct:brand")
                .to("gemini-image:edit?prompt=Put the logo on the mug&referenceImages=classpath:pictures/logo.png")
                .to("mock:branded");
        // end::references[]

        // tag::fetched[]
        from("direct:dress")
                .setHeader(GeminiImageHeaders.REFERENCE_IMAGES, simple("${header.person},${header.garment}"))
                .to("gemini-image:edit?allowedReferenceHosts={{picture-hosts}}")
                .to("mock:dressed");
        // end::fetched[]

        // tag::several[]
        from("direct:variants")
                .to("gemini-image:generate?numImages=3")
                .split(body())
                .setHeader(Exchange.FILE_NAME, simple("variant-${exchangeProperty.CamelSplitIndex}.jpg"))
                .to("file:{{pictures}}")
                .end()
                .to("mock:variants");
        // end::several[]

        // tag::partial[]
        from("direct:as-many-as-possible")
                .to("gemini-image:generate?numImages=4&partialResults=keep")
                .choice()
                .when(header(GeminiImageHeaders.FAILURE_COUNT).isNotNull())
                .log("${header.CamelGeminiImageFailureCount} of 4 pictures are missing")
                .end()
                .to("mock:as-many-as-possible");
        // end::partial[]

        // tag::operations[]
        from("direct:short-enough")
                .to("gemini-image:countTokens")
                .filter(body().isLessThan(1000))
                .to("mock:short-enough");

        from("direct:models").to("gemini-image:models").to("mock:models");
        // end::operations[]

        // tag::cloudevent[]
        from("direct:event")
                .to("gemini-image:generate")
                .transformDataType("gemini-image:application-cloudevents")
                .to("mock:event");
        // end::cloudevent[]

        // tag::limits[]
        from("direct:many")
                .to("gemini-image:generate?requestsPerMinute=300&maxConcurrentRequests=32"
                        + "&fallbackModels=gemini-nano-banana-2.1")
                .to("mock:many");
        // end::limits[]

        // tag::grounding[]
        from("direct:weather-map")
                .to("gemini-image:generate?googleSearch=true")
                .setHeader("Suggestions", simple("${exchangeProperty.CamelGeminiImageGrounding.searchEntryPoint}"))
                .to("mock:weather-map");
        // end::grounding[]

        // tag::twice[]
        from("direct:draw-and-edit")
                .to("gemini-image:generate")
                .to("gemini-image:edit?prompt=Make it a night scene")
                .to("mock:night");
        // end::twice[]

        // tag::format[]
        from("direct:png").to("gemini-image:generate?outputFormat=png").to("mock:png");
        // end::format[]
    }

    private void results() {
        // tag::aggregate[]
        from("direct:collect")
                .to("gemini-image:generate")
                .aggregate(constant(true), AggregationStrategies.groupedBody())
                .completionSize(2)
                .to("mock:collected");
        // end::aggregate[]

        // tag::convert[]
        from("direct:html")
                .to("gemini-image:generate?imageSize=512")
                .convertBodyTo(String.class)
                .setBody(simple("<img src='${body}' alt='${header.CamelGeminiImageText}'>"))
                .to("mock:html");
        // end::convert[]

        // tag::result[]
        from("direct:thoughts")
                .to("gemini-image:generate?includeThoughts=true")
                .process(exchange -> {
                    ImageResult result = exchange.getProperty(ResultWriter.RESULT_PROPERTY, ImageResult.class);
                    GeneratedImage picture = result.images().get(0);
                    log.info(
                            "{} tokens, {}x{} pixels", result.usage().totalTokens(), picture.width(), picture.height());
                    exchange.setVariable("thoughts", result.thoughts());
                })
                .to("mock:thoughts");
        // end::result[]
    }

    private void jobs() {
        // tag::job[]
        from("direct:jobs")
                .removeHeaders("CamelGeminiImage*")
                .to("gemini-image:generate?imageSize=1K&output=json&imageStore=direct:keep")
                .to("mock:answers");

        from("direct:keep")
                .to("file:{{pictures}}")
                .setHeader(GeminiImageHeaders.URI, simple("https://pictures.example.com/${header.CamelFileName}"));
        // end::job[]

        // tag::mail[]
        from("direct:mail")
                .to("gemini-image:generate?numImages=2&output=attachments")
                .setBody(constant("Here are two of them."))
                .setHeader(Exchange.CONTENT_TYPE, constant("text/plain"))
                .to("{{mail}}");
        // end::mail[]

        // tag::typed[]
        from("direct:typed")
                .process(exchange -> {
                    PayloadSource photograph =
                            PayloadSource.of(Path.of(exchange.getMessage().getBody(String.class)));
                    exchange.getMessage()
                            .setBody(ImageRequest.builder()
                                    .set(Parameter.PROMPT, "Make it a night scene")
                                    .set(Parameter.IMAGE_SIZE, ImageSize.SIZE_2K)
                                    .addReferenceImage(new ReferenceImage.Inline(
                                            photograph,
                                            ImageInfo.read(photograph).orElseThrow()))
                                    .build());
                })
                .to("gemini-image:edit")
                .to("mock:typed");
        // end::typed[]
    }
}

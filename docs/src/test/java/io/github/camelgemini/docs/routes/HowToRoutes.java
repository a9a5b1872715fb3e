package io.github.camelgemini.docs.routes;

import io.github.camelgemini.image.GeminiImageHeaders;
import io.github.camelgemini.image.error.BudgetExceededException;
import io.github.camelgemini.image.error.RateLimitException;
import org.apache.camel.builder.RouteBuilder;

/** The routes of the how-to page and of the page about security; {@code HowToTest} runs each. */
public class HowToRoutes extends RouteBuilder {

    @Override
    public void configure() {
        pictures();
        cost();
        limits();
        strangers();
        upgrade();
    }

    private void pictures() {
        // tag::edit[]
        from("direct:retouch")
                .setHeader(
                        GeminiImageHeaders.PROMPT,
                        simple("Write \"${header.title}\" on the sign. Change nothing else."))
                .to("gemini-image:edit?aspectRatio=auto")
                .to("mock:retouched");
        // end::edit[]

        // tag::combine[]
        from("direct:mug")
                .to("gemini-image:edit?prompt=Put the logo of the second picture on the mug of the first picture,"
                        + " drawn in the style of the third picture"
                        + "&referenceImages=classpath:pictures/logo.png,classpath:pictures/style.png")
                .to("mock:mugs");
        // end::combine[]

        // tag::mask[]
        from("direct:inpaint")
                .setHeader(GeminiImageHeaders.REFERENCE_IMAGES, header("mask"))
                .setHeader(
                        GeminiImageHeaders.PROMPT,
                        simple("The second picture is a mask of the first: white is what to change, black must stay"
                                + " exactly as it is. Change only the white area: ${header.wish}"))
                .to("gemini-image:edit?aspectRatio=auto")
                .to("mock:inpainted");
        // end::mask[]

        // tag::document[]
        from("direct:report")
                .to("gemini-image:generate?model=gemini-nano-banana-2.1&aspectRatio=3:4"
                        + "&prompt=A poster that shows the main figures of this report")
                .to("mock:posters");
        // end::document[]

        // tag::large[]
        from("direct:print")
                .to("gemini-image:generate?imageSize=4K&aspectRatio=3:2&requestTimeout=10m")
                .to("file:{{pictures}}");
        // end::large[]
    }

    private void cost() {
        // tag::thrifty[]
        from("direct:thumbnail")
                .removeHeaders("CamelGeminiImage*")
                .to("gemini-image:generate?model=gemini-nano-banana-2.1&imageSize=1K&thinkingLevel=MINIMAL"
                        + "&responseModalities=IMAGE&maxRetries=1")
                .log("${header.CamelGeminiImageEstimatedCost} USD, ${header.CamelGeminiImageTotalTokens} tokens")
                .to("mock:thumbnails");
        // end::thrifty[]

        // tag::once[]
        from("direct:orders")
                .to("gemini-image:generate?requestId=RAW(${header.orderId})&resultFolder={{results}}")
                .log("${header.orderId} cost ${header.CamelGeminiImageEstimatedCost} USD")
                .to("mock:ordered");
        // end::once[]

        // tag::budget[]
        from("direct:within-budget")
                .onException(BudgetExceededException.class)
                .handled(true)
                .log("${exception.message}")
                .to("mock:too-dear")
                .end()
                .to("gemini-image:generate")
                .to("mock:bought");
        // end::budget[]
    }

    private void limits() {
        // tag::quota[]
        from("direct:worker")
                .onException(RateLimitException.class)
                .handled(true)
                .to("mock:later")
                .end()
                .to("gemini-image:generate?requestsPerMinute=75&maxQueued=500&requestTimeout=10m")
                .to("mock:drawn");
        // end::quota[]
    }

    private void strangers() {
        // tag::prompts-only[]
        from("direct:prompts-only")
                .removeHeaders("CamelGeminiImage*")
                .setHeader(GeminiImageHeaders.PROMPT, bodyAs(String.class))
                .setBody(constant(null))
                .to("gemini-image:generate?imageSize=1K")
                .to("mock:prompts-only");
        // end::prompts-only[]

        // tag::jobs[]
        from("direct:jobs-of-strangers")
                .removeHeaders("CamelGeminiImage*")
                .setHeader(GeminiImageHeaders.MODEL, constant("gemini-nano-banana-2.1"))
                .setHeader(GeminiImageHeaders.IMAGE_SIZE, constant("1K"))
                .setHeader(GeminiImageHeaders.NUM_IMAGES, constant(1))
                .setHeader(GeminiImageHeaders.MAX_RETRIES, constant(1))
                .setHeader(GeminiImageHeaders.GOOGLE_SEARCH, constant(false))
                .setHeader(GeminiImageHeaders.IMAGE_SEARCH, constant(false))
                .setHeader(GeminiImageHeaders.SERVICE_TIER, constant("standard"))
                .to("gemini-image:generate")
                .to("mock:jobs-of-strangers");
        // end::jobs[]
    }

    private void upgrade() {
        // tag::successor[]
        from("direct:check-model")
                .setBody(constant("gemini-3.1-flash-image"))
                .to("gemini-image:models")
                .filter(simple("${body[catalog][successor]} != null"))
                .log("${body[catalog][stage]}: go over to ${body[catalog][successor]}")
                .to("mock:successor");
        // end::successor[]
    }
}

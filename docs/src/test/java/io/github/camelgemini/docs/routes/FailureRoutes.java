package io.github.camelgemini.docs.routes;

import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mail.MailConstants;

/** The routes of the page about failures; {@code FailuresTest} runs each. */
public final class FailureRoutes {

    private FailureRoutes() {}

    public static final class OfFiles extends RouteBuilder {

        @Override
        public void configure() {
            // tag::file[]
            from("file:{{prompts}}?moveFailed=.failed")
                    .to("gemini-image:generate")
                    .to("file:{{pictures}}");
            // end::file[]
        }
    }

    public static final class OfQueues extends RouteBuilder {

        @Override
        public void configure() {
            // tag::jms[]
            from("jms:prompts?transacted=true")
                    .errorHandler(deadLetterChannel("jms:prompts.failed").useOriginalMessage())
                    .removeHeaders("CamelGeminiImage*")
                    .to("gemini-image:generate")
                    .to("jms:pictures");
            // end::jms[]
        }
    }

    public static final class OfMails extends RouteBuilder {

        @Override
        public void configure() {
            // tag::mail[]
            from("{{imap-server}}&unseen=true")
                    .onException(Exception.class)
                    .handled(true)
                    .log("No picture: ${exception.message}")
                    .setHeader(MailConstants.MAIL_MOVE_TO, constant("Failed"))
                    .end()
                    .removeHeaders("*")
                    .setBody(constant(null)) // the photographs are attachments
                    .to("gemini-image:edit?prompt=Replace the background with a plain light grey")
                    .to("file:{{pictures}}?fileName=${exchangeId}.${header.CamelGeminiImageExtension}");
            // end::mail[]
        }
    }

    public static final class OfHttp extends RouteBuilder {

        @Override
        public void configure() {
            // tag::http[]
            from("platform-http:/picture?httpMethodRestrict=POST")
                    // A retry would fail too.
                    .onException(
                            PromptBlockedException.class,
                            ImageBlockedException.class,
                            NoImageException.class,
                            InvalidRequestException.class)
                    .handled(true)
                    .removeHeaders("*")
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(422))
                    .setBody(simple("${exception.message}"))
                    .end()
                    // A retry may succeed later.
                    .onException(
                            RateLimitException.class, ServiceUnavailableException.class, RequestTimeoutException.class)
                    .handled(true)
                    .removeHeaders("*")
                    .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(503))
                    .setHeader("Retry-After", constant(60))
                    .setBody(constant("Try again later."))
                    .end()
                    .removeHeaders("CamelGeminiImage*")
                    .to("gemini-image:generate")
                    .removeHeaders("*", Exchange.CONTENT_TYPE);
            // end::http[]
        }
    }
}

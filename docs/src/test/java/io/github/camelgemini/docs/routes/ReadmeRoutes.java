package io.github.camelgemini.docs.routes;

import org.apache.camel.builder.RouteBuilder;

/** The Java routes of README.md, word by word. */
public class ReadmeRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("file:prompts?moveFailed=.failed")
                .to("gemini-image:generate?aspectRatio=16:9&imageSize=2K")
                .to("file:pictures");

        from("file:photos?moveFailed=.failed")
                .to("gemini-image:edit?prompt=Replace the background with a beach at sunset")
                .to("file:edited");

        from("file:instructions?moveFailed=.failed")
                .to("gemini-image:chat?conversationId=logo")
                .to("file:drafts");
    }
}

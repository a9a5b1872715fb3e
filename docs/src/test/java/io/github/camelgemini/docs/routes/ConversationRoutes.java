package io.github.camelgemini.docs.routes;

import io.github.camelgemini.image.GeminiImageHeaders;
import io.github.camelgemini.image.conversation.FileConversationRepository;
import io.github.camelgemini.image.result.ResultWriter;
import java.nio.file.Path;
import org.apache.camel.builder.RouteBuilder;

/** The routes of the page about conversations and progress; {@code ConversationSnippetsTest} runs each. */
public class ConversationRoutes extends RouteBuilder {

    private final Path folder;

    public ConversationRoutes(Path folder) {
        this.folder = folder;
    }

    @Override
    public void configure() throws Exception {
        byId();
        inFiles();
        broughtAlong();
        progress();
    }

    private void byId() {
        // tag::by-id[]
        from("direct:edit")
                .setHeader(GeminiImageHeaders.CONVERSATION_ID, simple("${header.user}-${header.poster}"))
                .to("gemini-image:chat")
                .log("Answer ${header.CamelGeminiImageConversationTurns} of poster ${header.poster}")
                .to("mock:edited");
        // end::by-id[]

        // tag::undo[]
        from("direct:undo")
                .setHeader(GeminiImageHeaders.CONVERSATION_ID, simple("${header.user}-${header.poster}"))
                .setHeader(GeminiImageHeaders.CONVERSATION_ACTION, constant("undo"))
                .setBody(constant(null))
                .to("gemini-image:chat")
                .to("mock:undone");
        // end::undo[]
    }

    private void inFiles() throws Exception {
        // tag::files[]
        bindToRegistry("conversations", new FileConversationRepository(folder.resolve("conversations")));

        from("direct:durable")
                .setHeader(GeminiImageHeaders.CONVERSATION_ID, header("poster"))
                .to("gemini-image:chat?conversationRepository=#conversations")
                .to("mock:durable");
        // end::files[]
    }

    private void broughtAlong() {
        // tag::stateless[]
        from("direct:turn")
                .to("gemini-image:chat")
                .to("mock:pictures")
                .setBody(exchangeProperty(ResultWriter.NEXT_TURN_CONTENTS_PROPERTY))
                .toD("file:" + folder + "?fileName=${header.poster}.json");

        from("direct:next-turn")
                .process(e -> e.setProperty(
                        GeminiImageHeaders.CONTENTS,
                        folder.resolve(e.getMessage().getHeader("poster") + ".json")))
                .to("direct:turn");
        // end::stateless[]
    }

    private void progress() {
        // tag::progress[]
        from("direct:watched")
                .to("gemini-image:generate?stream=true&includeThoughts=true&progressUri=direct:progress")
                .to("mock:watched");

        from("direct:progress")
                .choice()
                .when(header(GeminiImageHeaders.PROGRESS).isEqualTo("receiving"))
                .log("${header.browser}: ${header.CamelGeminiImageProgressBytes} bytes")
                .otherwise()
                .log("${header.browser}: ${body}")
                .end()
                .to("mock:progress");
        // end::progress[]
    }
}

package io.github.camelgemini.examples.emaileditor;

import io.github.camelgemini.image.GeminiImageHeaders;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.PropertyInject;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mail.MailConstants;
import org.apache.camel.support.DefaultMessage;

/**
 * Replies to mails with photographs and an instruction with the edited picture, and to all others with an explanation.
 * A mail is marked as seen and moved only after its reply was sent.
 */
public final class EditorRoutes extends RouteBuilder {

    private static final String MAIL = "mail";
    private static final String CONTENT = "content";

    @PropertyInject("mail-address")
    private String address;

    @PropertyInject("senders")
    private String senders;

    @PropertyInject("max-pictures")
    private int maxPictures;

    @Override
    public void configure() {
        bindToRegistry("oneLine", new OneLine());

        // tag::failures[]
        // Nobody to answer: the server says that there is no such address, or that it never accepts this mail.
        onException(SendFailedException.class)
                .onWhen(exchange -> Refusal.isFinal(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)))
                .handled(true)
                .log(LoggingLevel.WARN, "mails", "The mail server refuses an answer: ${exception.message}")
                .setHeader(MailConstants.MAIL_MOVE_TO, simple("{{ignored-folder}}"));

        // The picture is paid, so retry sending instead of drawing it again. In the end, move the mail aside.
        onException(MessagingException.class)
                .onWhen(exchangeProperty(MAIL).isNotNull())
                .maximumRedeliveries("{{send-retries}}")
                .redeliveryDelay("{{send-retry-delay}}")
                .useExponentialBackOff()
                .maximumRedeliveryDelay(60_000)
                .handled(true)
                .log(LoggingLevel.ERROR, "mails", "Cannot send an answer: ${exception.message}")
                .setHeader(MailConstants.MAIL_MOVE_TO, simple("{{unanswered-folder}}"));

        // For the operator, such as a refused key. Camel's consumer would log a stack trace at every poll.
        onCompletion()
                .onFailureOnly()
                .log(LoggingLevel.WARN, "mails", "A mail stays unread and will be tried again: ${exception.message}");
        // end::failures[]

        // tag::route[]
        from("{{imap-server}}&username=RAW({{mail-user}})&password=RAW({{mail-password}})"
                        + "&mapMailMessage=false&maxMessagesPerPoll=10&exceptionHandler=#oneLine"
                        + "&unseen=true&peek=true&moveTo={{answered-folder}}"
                        + "&initialDelay=0&delay={{poll-interval}}")
                .routeId("mails")
                .process(EditorRoutes::fetch)
                // Untrusted headers can be options: delete, moveTo, mail.smtp.host, CamelGeminiImageNumImages.
                .removeHeaders("*")
                .filter(this::isToBeIgnored)
                .log(LoggingLevel.INFO, "mails", "Ignored a mail from a program, or from a sender who is not allowed.")
                .setHeader(MailConstants.MAIL_MOVE_TO, simple("{{ignored-folder}}"))
                .stop()
                .end()
                .doTry()
                .process(this::ask)
                .to("gemini-image:edit?model=gemini-nano-banana-2.1&aspectRatio=auto&outputFormat=jpeg")
                .process(this::answerWithPicture)
                .doCatch(Exception.class)
                .onWhen(PlainWords::concernsSender)
                .process(this::answerWithWords)
                .end()
                .to("{{smtp-server}}&username=RAW({{mail-user}})&password=RAW({{mail-password}})")
                .log(LoggingLevel.INFO, "mails", "Answered a mail.");
        // end::route[]
    }

    // tag::steps[]
    private static void fetch(Exchange exchange) throws MessagingException, IOException {
        exchange.setProperty(MAIL, ReceivedMail.fetch(exchange.getMessage().getBody(MimeMessage.class)));
        // A new message: that of the mail component parses the headers, and fails on some.
        exchange.setMessage(new DefaultMessage(exchange.getContext()));
    }

    private boolean isToBeIgnored(Exchange exchange) {
        ReceivedMail mail = mail(exchange);
        return mail.isAutomatic(address)
                || !Pattern.compile(senders, Pattern.CASE_INSENSITIVE)
                        .matcher(mail.sender().orElseThrow().getAddress())
                        .matches();
    }

    /** The pictures become attachments of Camel's message. The text becomes the prompt, and nothing else. */
    private void ask(Exchange exchange) throws UnusableMailException {
        MailContent content = MailContent.read(mail(exchange).message());
        PlainWords.check(content, maxPictures);
        exchange.setProperty(CONTENT, content);
        AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
        message.setHeader(GeminiImageHeaders.PROMPT, content.instruction());
        for (MailContent.Picture picture : content.pictures()) {
            // Two can have the same name, and they are read in the order of their ids.
            String id = String.format("%02d %s", message.getAttachmentNames().size() + 1, picture.name());
            message.addAttachment(id, picture.content());
        }
    }

    private void answerWithPicture(Exchange exchange) throws MessagingException {
        Message message = exchange.getMessage();
        MailContent content = exchange.getProperty(CONTENT, MailContent.class);
        message.setBody(new Answer(address)
                .withPicture(
                        mail(exchange),
                        PlainWords.PICTURE + PlainWords.leftAside(content.others()),
                        content.pictures().get(0).name(),
                        message.getHeader(GeminiImageHeaders.EXTENSION, String.class),
                        message.getBody(byte[].class),
                        message.getHeader(Exchange.CONTENT_TYPE, String.class)));
    }

    private void answerWithWords(Exchange exchange) throws MessagingException {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().setBody(new Answer(address).withWords(mail(exchange), PlainWords.of(failure)));
    }

    private static ReceivedMail mail(Exchange exchange) {
        return exchange.getProperty(MAIL, ReceivedMail.class);
    }
    // end::steps[]
}

package io.github.camelgemini.examples.imagefactory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelgemini.image.GeminiImageHeaders;
import io.github.camelgemini.image.error.GeminiImageException;
import io.github.camelgemini.image.error.ImageBlockedException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.MalformedResponseException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.PromptBlockedException;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.error.RequestTimeoutException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import io.github.camelgemini.image.result.ImageResult;
import io.github.camelgemini.image.result.ResultWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.util.ObjectHelper;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Turns the prompts of a topic into pictures in S3: one picture for each, and only one, however often a record comes,
 * and even if workers are killed.
 *
 * <p>A record's key is the id of its request and names the picture; its value is the request in JSON. Results and dead
 * letters are records with the same key. Records are bytes, so that a dead letter is identical to its record.
 *
 * <p>A repeated request is recognized by its picture in the bucket, or by {@code requestId}, as the property {@code
 * known-by} says.
 */
public final class PictureRoutes extends RouteBuilder {

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    /** Identifies the job, whatever the order of its fields; stored with the picture. */
    private static final String FINGERPRINT = "job-sha256";

    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_REST = 100_000;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @Override
    public void configure() {
        // tag::failures[]
        // The record's fault: it would fail again.
        onException(
                        InvalidRequestException.class,
                        PromptBlockedException.class,
                        ImageBlockedException.class,
                        NoImageException.class,
                        ReferenceImageException.class,
                        MalformedResponseException.class,
                        RequestTimeoutException.class)
                .handled(true)
                .useOriginalMessage()
                .to("direct:dead-letter");
        // For some prompts, the API fails with HTTP 500 each time.
        onException(ServiceUnavailableException.class)
                .onWhen(exchange ->
                        caught(exchange, ServiceUnavailableException.class).getHttpStatus() == 500)
                .handled(true)
                .useOriginalMessage()
                .to("direct:dead-letter");

        // Nobody's fault, and paid for: try to store it for 4 minutes. Then the record is a dead letter, because to
        // read it again would be to pay again.
        onException(SdkException.class)
                .onWhen(exchangeProperty(ResultWriter.RESULT_PROPERTY).isNotNull())
                .maximumRedeliveries("{{store-retries}}")
                .redeliveryDelay(1_000)
                .useExponentialBackOff()
                .maximumRedeliveryDelay(30_000)
                .asyncDelayedRedelivery()
                .handled(true)
                .useOriginalMessage()
                .to("direct:dead-letter");

        // Unexpected errors may be the record's fault: try twice more. It must not block those behind it for ever.
        onException(Throwable.class)
                .onWhen(exchange -> !isTrouble(caught(exchange, Throwable.class)))
                .maximumRedeliveries(2)
                .redeliveryDelay("{{pause}}")
                .asyncDelayedRedelivery()
                .handled(true)
                .useOriginalMessage()
                .to("direct:dead-letter");

        // Anything else, such as an overloaded API, an exhausted quota or budget, a wrong key or model, or S3 down
        // before the call: the record stays in Kafka and is read again after the pause.
        // end::failures[]

        // tag::once[]
        // There is no picture yet.
        onException(NoSuchKeyException.class).continued(true);
        // Another worker was faster: its picture counts.
        onException(S3Exception.class)
                .onWhen(exchange -> caught(exchange, S3Exception.class).statusCode() == 412)
                .continued(true);
        // end::once[]

        // tag::consumers[]
        int consumers = Integer.parseInt(getContext().resolvePropertyPlaceholders("{{prompts-at-a-time}}"));
        for (int consumer = 1; consumer <= consumers; consumer++) {
            from("kafka:{{prompts-topic}}?groupId={{consumer-group}}&groupInstanceId={{worker}}-" + consumer
                            + "&autoOffsetReset=earliest"
                            + "&autoCommitEnable=false&allowManualCommit=true"
                            + "&breakOnFirstError=true"
                            + "&pollOnError=RECONNECT"
                            + "&maxPollRecords=1&maxPollIntervalMs={{max-poll-interval}}"
                            + "&sessionTimeoutMs={{session-timeout}}&heartbeatIntervalMs={{heartbeat-interval}}")
                    .routeId("prompts-" + consumer)
                    .errorHandler(noErrorHandler())
                    .doTry()
                    .to("direct:picture")
                    .doCatch(Throwable.class)
                    // Also if a dead letter cannot be sent: Camel reads the record again at once.
                    .delay(simple("{{pause}}"))
                    .process(exchange -> exchange.setException(caught(exchange, Throwable.class)))
                    .end();
        }
        // end::consumers[]

        String knownBy = getContext().resolvePropertyPlaceholders("{{known-by}}");
        switch (knownBy) {
            case "picture" -> knownByPicture();
            case "request-id" -> knownByRequestId();
            default ->
                throw new IllegalStateException(
                        "The property known-by must be picture or request-id, not '" + knownBy + "'");
        }

        // tag::dead-letter[]
        from("direct:dead-letter")
                .routeId("dead-letter")
                .errorHandler(noErrorHandler())
                .process(PictureRoutes::describeFailure)
                .removeHeaders("kafka.*", KafkaConstants.KEY)
                .doTry()
                .to("kafka:{{dead-letters-topic}}?maxRequestSize={{largest-dead-letter}}")
                .doCatch(RecordTooLargeException.class)
                .process(PictureRoutes::shorten)
                .to("kafka:{{dead-letters-topic}}")
                .end()
                .process(PictureRoutes::commit);
        // end::dead-letter[]
    }

    private void knownByPicture() {
        // tag::route[]
        from("direct:picture")
                .routeId("picture")
                // Headers of the sender: not every version of Camel filters them all.
                .removeHeaders("*", KafkaConstants.KEY, KafkaConstants.MANUAL_COMMIT)
                .process(PictureRoutes::nameOfPicture)
                .process(PictureRoutes::readJob)
                .to("aws2-s3:{{bucket}}?operation=headObject")
                .filter(body().isInstanceOf(Map.class)) // still the job: no picture yet
                .setHeader(GeminiImageHeaders.MODEL, simple("{{model}}"))
                .setHeader(GeminiImageHeaders.NUM_IMAGES, constant(1))
                .setHeader(GeminiImageHeaders.OUTPUT, constant("image"))
                .setHeader(GeminiImageHeaders.OUTPUT_FORMAT, constant("jpeg"))
                .to("gemini-image:generate")
                .process(PictureRoutes::describePicture)
                .to("aws2-s3:{{bucket}}?conditionalWritesEnabled=true")
                .to("aws2-s3:{{bucket}}?operation=headObject")
                .end()
                .process(PictureRoutes::describeResult)
                .marshal()
                .json(JsonLibrary.Jackson)
                .to("kafka:{{results-topic}}")
                .process(PictureRoutes::commit);
        // end::route[]
    }

    private void knownByRequestId() {
        // tag::request-id[]
        from("direct:picture")
                .routeId("picture")
                .removeHeaders("*", KafkaConstants.KEY, KafkaConstants.MANUAL_COMMIT)
                .process(PictureRoutes::nameOfPicture)
                .process(PictureRoutes::readJob)
                .setHeader(GeminiImageHeaders.MODEL, simple("{{model}}"))
                .setHeader(GeminiImageHeaders.NUM_IMAGES, constant(1))
                .setHeader(GeminiImageHeaders.OUTPUT, constant("image"))
                .setHeader(GeminiImageHeaders.OUTPUT_FORMAT, constant("jpeg"))
                .to("gemini-image:generate?requestId=RAW(${exchangeProperty.id})&resultRepository=#results")
                // Or smtp:, ftp:, any endpoint that cannot be asked for what it has.
                .to("aws2-s3:{{bucket}}?conditionalWritesEnabled=true")
                .process(PictureRoutes::describeAnswer)
                .marshal()
                .json(JsonLibrary.Jackson)
                .to("kafka:{{results-topic}}")
                .process(PictureRoutes::commit);
        // end::request-id[]
    }

    /** Whether the record may succeed later. */
    private static boolean isTrouble(Throwable failure) {
        return ObjectHelper.getException(GeminiImageException.class, failure) != null
                || ObjectHelper.getException(SdkException.class, failure) != null
                || ObjectHelper.getException(KafkaException.class, failure) != null
                || ObjectHelper.getException(RejectedExecutionException.class, failure) != null;
    }

    // tag::steps[]
    private static void nameOfPicture(Exchange exchange) {
        byte[] key = exchange.getMessage().getHeader(KafkaConstants.KEY, byte[].class);
        String id = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        if (!REQUEST_ID.matcher(id).matches()) {
            throw new InvalidRequestException(
                    "The record's key must be the id of the request, which names the picture: 1 to"
                            + " 200 letters, digits, '.', '_' and '-'. This record has "
                            + (key == null ? "no key" : "a key of " + key.length + " bytes"));
        }
        exchange.setProperty("id", id);
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, id + ".jpg");
    }

    private static void readJob(Exchange exchange) throws NoSuchAlgorithmException {
        byte[] value = exchange.getMessage().getBody(byte[].class);
        try {
            Map<?, ?> job = value == null ? null : JSON.readValue(value, Map.class);
            if (job == null) {
                throw new InvalidRequestException("The record has no value. It must be the request in JSON");
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(job));
            exchange.setProperty(FINGERPRINT, HexFormat.of().formatHex(digest));
            exchange.getMessage().setBody(job);
        } catch (IOException e) {
            String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new InvalidRequestException("The record's value is not a JSON object: " + reason, e);
        }
    }

    // tag::describe[]
    /** The result is built from this metadata, so a result that is sent again says the same. */
    private static void describePicture(Exchange exchange) {
        Map<String, String> metadata = facts(exchange.getMessage());
        metadata.put(FINGERPRINT, exchange.getProperty(FINGERPRINT, String.class));
        exchange.getMessage().setHeader(AWS2S3Constants.METADATA, metadata);
    }

    private static Map<String, String> facts(Message message) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("width", message.getHeader(GeminiImageHeaders.WIDTH, String.class));
        metadata.put("height", message.getHeader(GeminiImageHeaders.HEIGHT, String.class));
        metadata.put("model", message.getHeader(GeminiImageHeaders.RESPONSE_MODEL, String.class));
        metadata.put("tokens", message.getHeader(GeminiImageHeaders.TOTAL_TOKENS, String.class));
        metadata.put("cost-usd", message.getHeader(GeminiImageHeaders.ESTIMATED_COST, String.class));
        metadata.values().removeIf(Objects::isNull);
        return metadata;
    }
    // end::describe[]

    private static void describeResult(Exchange exchange) {
        HeadObjectResponse stored = exchange.getMessage().getBody(HeadObjectResponse.class);
        String job = stored.metadata().get(FINGERPRINT);
        if (job != null && !job.equals(exchange.getProperty(FINGERPRINT))) {
            throw new InvalidRequestException("There is a picture with this id already, from another request");
        }
        describe(exchange, stored.contentLength(), stored.metadata());
    }

    /** The cost is 0 for a stored result. */
    private static void describeAnswer(Exchange exchange) {
        ImageResult answer = exchange.getProperty(ResultWriter.RESULT_PROPERTY, ImageResult.class);
        describe(exchange, answer.images().get(0).length(), facts(exchange.getMessage()));
    }

    private static void describe(Exchange exchange, long bytes, Map<String, String> facts) {
        Message message = exchange.getMessage();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("id", exchange.getProperty("id"));
        result.put(
                "location",
                exchange.getContext().resolvePropertyPlaceholders("s3://{{bucket}}/")
                        + message.getHeader(AWS2S3Constants.KEY));
        result.put("bytes", bytes);
        for (String number : List.of("width", "height", "tokens", "cost-usd")) {
            String value = facts.get(number);
            result.put(number, value == null ? null : new BigDecimal(value));
        }
        result.put("model", facts.get("model"));
        message.setBody(result);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }

    private static void describeFailure(Exchange exchange) {
        Throwable failure = caught(exchange, Throwable.class);
        String reason = String.valueOf(failure.getMessage());
        Message message = exchange.getMessage();
        message.setHeader("error", failure.getClass().getSimpleName());
        message.setHeader("reason", reason.substring(0, Math.min(LONGEST_REASON, reason.length())));
        message.setHeader(
                "record",
                message.getHeader(KafkaConstants.TOPIC) + "-" + message.getHeader(KafkaConstants.PARTITION) + "@"
                        + message.getHeader(KafkaConstants.OFFSET));
    }

    /** Shortens a dead letter that is too large for its topic. The header {@code record} says where the whole record is. */
    private static void shorten(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*", "error", "reason", "record", KafkaConstants.KEY, KafkaConstants.MANUAL_COMMIT);
        message.setHeader("shortened", "true");
        message.setBody(beginning(message.getBody(byte[].class)));
        message.setHeader(KafkaConstants.KEY, beginning(message.getHeader(KafkaConstants.KEY, byte[].class)));
    }

    private static byte[] beginning(byte[] bytes) {
        return bytes == null ? null : Arrays.copyOf(bytes, Math.min(LONGEST_REST, bytes.length));
    }

    private static void commit(Exchange exchange) {
        exchange.getMessage()
                .getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class)
                .commit();
    }
    // end::steps[]

    private static <T extends Throwable> T caught(Exchange exchange, Class<T> type) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, type);
    }
}

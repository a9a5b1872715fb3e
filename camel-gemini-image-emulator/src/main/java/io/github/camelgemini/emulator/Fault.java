package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.api.Api;
import io.github.camelgemini.emulator.api.Generation;
import io.github.camelgemini.emulator.api.Queueing;
import io.github.camelgemini.emulator.api.Reply;
import io.github.camelgemini.emulator.api.Trouble;
import io.github.camelgemini.emulator.model.Pixels;
import io.github.camelgemini.emulator.wire.Base64Style;
import io.github.camelgemini.emulator.wire.Body;
import io.github.camelgemini.emulator.wire.Cut;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Something unusual about an answer. Immutable. {@link #and(Fault)} combines faults: a delay followed by an error, or a
 * large picture followed by a reset. If two contradict each other, the later one applies.
 *
 * <p>There are four groups: errors that replace the API's answer, the result of the model (blocked, several pictures,
 * ...), how the JSON is written, and how the bytes are transferred. The emulator's HTTP path {@code /emulator/faults}
 * accepts the same names and parameters.
 *
 * <p>Faults apply to all {@link EmulatedService services}. Each service reports errors in its own format, and the
 * transfer is the same everywhere. A fault has no effect at a service without that feature, for example thoughts at
 * AI/ML API.
 */
public final class Fault {

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** The limit of JPEG. */
    private static final int LONGEST_SIDE = 65_500;
    /** The API's largest picture has 19 million. */
    private static final int MOST_PIXELS = 100_000_000;

    private final String name;
    private final Consumer<Plan> change;

    private Fault(String name, Consumer<Plan> change) {
        this.name = name;
        this.change = change;
    }

    void change(Plan plan) {
        change.accept(plan);
    }

    /** Combines two faults for the same answer. */
    public Fault and(Fault other) {
        return new Fault(name + " and " + other.name, change.andThen(other.change));
    }

    @Override
    public String toString() {
        return name;
    }

    // ---- Errors in place of the API's answer

    /** 429 with all details: too many requests a minute, and when to retry. */
    public static Fault rateLimited(Duration retryDelay) {
        return trouble("rateLimited", Trouble.rateLimited(retryDelay));
    }

    /** 429 without a reason. */
    public static Fault rateLimitedWithoutDetails() {
        return trouble("rateLimitedWithoutDetails", Trouble.of(Trouble.Kind.RATE_LIMITED_WITHOUT_DETAILS));
    }

    /** 429: the daily quota is used up. There is no retry delay. */
    public static Fault dailyQuota() {
        return trouble("dailyQuota", Trouble.of(Trouble.Kind.DAILY_QUOTA));
    }

    /** 429 without details: the prepaid credits are used up, so no retry helps. */
    public static Fault creditsDepleted() {
        return trouble("creditsDepleted", Trouble.of(Trouble.Kind.CREDITS_DEPLETED));
    }

    /** 503: the model is overloaded. */
    public static Fault overloaded() {
        return trouble("overloaded", Trouble.of(Trouble.Kind.OVERLOADED));
    }

    /** 502: the service could not reach the model. */
    public static Fault badGateway() {
        return trouble("badGateway", Trouble.of(Trouble.Kind.BAD_GATEWAY));
    }

    /** 500: internal error. */
    public static Fault internal() {
        return trouble("internal", Trouble.of(Trouble.Kind.INTERNAL));
    }

    /** 504: deadline exceeded. */
    public static Fault deadlineExceeded() {
        return trouble("deadlineExceeded", Trouble.of(Trouble.Kind.TIMEOUT));
    }

    /** 499: the API assumes that the client has cancelled. */
    public static Fault cancelled() {
        return trouble("cancelled", Trouble.of(Trouble.Kind.CANCELLED));
    }

    /** 400: the API key is invalid. Applies to every key. */
    public static Fault invalidKey() {
        return trouble("invalidKey", Trouble.of(Trouble.Kind.INVALID_KEY));
    }

    /** 403: the API key is missing. Applies even if there is one. */
    public static Fault missingKey() {
        return trouble("missingKey", Trouble.of(Trouble.Kind.MISSING_KEY));
    }

    /** 401: the access token is invalid, in the words of Vertex AI. */
    public static Fault invalidToken() {
        return trouble("invalidToken", Trouble.of(Trouble.Kind.INVALID_TOKEN));
    }

    /** 404: the model is unknown or retired. */
    public static Fault modelNotFound() {
        return trouble("modelNotFound", Trouble.of(Trouble.Kind.MODEL_NOT_FOUND));
    }

    /** 400 FAILED_PRECONDITION: there is no billing account. */
    public static Fault billing() {
        return trouble("billing", Trouble.of(Trouble.Kind.BILLING));
    }

    /** Any error in the API's format, without details. */
    public static Fault status(int code, String status, String message) {
        httpStatus(code);
        given(status, "status");
        given(message, "message");
        return trouble("status " + code, Trouble.other(Trouble.Kind.OTHER, code, status, message));
    }

    /** An error as a list with one element, which some of Google's servers send. */
    public static Fault arrayErrorBody(int code, String status, String message) {
        httpStatus(code);
        given(status, "status");
        given(message, "message");
        return trouble("arrayErrorBody", Trouble.other(Trouble.Kind.OTHER_IN_LIST, code, status, message));
    }

    /** An HTML page, as proxies send it; also with status 200. */
    public static Fault html(int status) {
        httpStatus(status);
        return reply("html " + status, api -> page(status));
    }

    private static Reply page(int status) {
        return new Reply(
                status,
                "text/html",
                Body.of("<html><head><title>" + status + "</title></head><body><center><h1>" + status
                        + "</h1></center><hr><center>nginx</center></body></html>"));
    }

    /** A redirect to another location. */
    public static Fault redirect(String location) {
        return rawBody(307, "text/plain", "").and(header("Location", location));
    }

    /** Any body. */
    public static Fault rawBody(int status, String contentType, String body) {
        httpStatus(status);
        oneLine(contentType, "contentType");
        given(body, "body");
        return reply("rawBody " + status, api -> new Reply(status, contentType, Body.of(body)));
    }

    /** Status 200 and valid JSON with this nesting depth. */
    public static Fault deeplyNested(int levels) {
        atLeast(0, levels);
        return reply(
                "deeplyNested",
                api -> new Reply(
                        200,
                        Reply.JSON,
                        Body.of(api.opening().substring(0, api.opening().indexOf('['))
                                + "[".repeat(levels)
                                + "]".repeat(levels)
                                + "}")));
    }

    /** Status 200 and a JSON string that never ends. */
    public static Fault endlessBody() {
        byte[] letters = "z".repeat(8192).getBytes(StandardCharsets.US_ASCII);
        return reply(
                "endlessBody",
                api -> new Reply(
                        200,
                        Reply.JSON,
                        Body.concat(List.of(Body.of(api.opening()), Body.repeat(letters, Long.MAX_VALUE)))));
    }

    // ---- The result of the model

    /** 200 without candidates: the prompt is blocked, for example with {@code PROHIBITED_CONTENT}. */
    public static Fault promptBlocked(String blockReason) {
        given(blockReason, "blockReason");
        return generation("promptBlocked", g -> {
            g.parts = false;
            g.blockReason = blockReason;
        });
    }

    /** 200 with a candidate without content, and with this finish reason, for example {@code IMAGE_SAFETY}. */
    public static Fault finish(String finishReason, String finishMessage) {
        given(finishReason, "finishReason");
        return generation("finish " + finishReason, g -> {
            g.parts = false;
            g.finishReason = finishReason;
            g.finishMessage = finishMessage;
        });
    }

    /** 200 with {@code NO_IMAGE} and an empty content. */
    public static Fault noImage() {
        return finish("NO_IMAGE", null).and(generation("empty content", g -> g.emptyContent = true));
    }

    /** 200 with text and without a picture, like a normal answer. */
    public static Fault textOnly(String text) {
        given(text, "text");
        return generation("textOnly", g -> {
            g.pictures = 0;
            g.text = text;
        });
    }

    /** Several pictures in one answer, all different. */
    public static Fault pictures(int n) {
        atLeast(0, n);
        return generation("pictures " + n, g -> g.pictures = n);
    }

    /** Interim pictures and texts, even if they were not requested. */
    public static Fault thoughts() {
        return generation("thoughts", g -> g.thoughts = true);
    }

    /**
     * The answer takes n + 1 calls. The first n end with {@code CONTINUATION} and a token; the next call must have the
     * same request and that token. The text is divided among all calls.
     *
     * @param n at least 1
     * @param pictureIn the call with the pictures, 1 for the first and n + 1 for the last; 0 for none
     */
    public static Fault continuation(int n, int pictureIn) {
        atLeast(1, n);
        atLeast(0, pictureIn);
        if (pictureIn > (long) n + 1) {
            throw new IllegalArgumentException("There is no call " + pictureIn + " among " + ((long) n + 1));
        }
        return generation("continuation " + n, g -> {
            g.continuations = n;
            g.pictureIn = pictureIn;
        });
    }

    /**
     * Each picture as {@code fileData} with a URL, instead of bytes.
     *
     * @param uri the URL; null for one on the emulator
     */
    public static Fault fileData(String uri) {
        return generation("fileData", g -> {
            g.form = Generation.Form.FILE_DATA;
            g.pictureUrl = uri;
        });
    }

    /**
     * Each picture as a text that consists of a URL.
     *
     * @param url the URL; null for one on the emulator
     */
    public static Fault urlInText(String url) {
        return generation("urlInText", g -> {
            g.form = Generation.Form.URL;
            g.pictureUrl = url;
        });
    }

    /**
     * Each picture as a Markdown image in the text.
     *
     * @param url the URL; null for one on the emulator
     */
    public static Fault markdownInText(String url) {
        return generation("markdownInText", g -> {
            g.form = Generation.Form.MARKDOWN;
            g.pictureUrl = url;
        });
    }

    /** Each picture as bytes, at a service that usually answers with URLs. */
    public static Fault inlineData() {
        return generation("inlineData", g -> g.form = Generation.Form.INLINE);
    }

    /** A picture of another size than requested; 16 by 16 makes a tiny answer. */
    public static Fault pixels(int width, int height) {
        Pixels pixels = new Pixels(width, height);
        if (Math.max(width, height) > LONGEST_SIDE || (long) width * height > MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "A picture of " + pixels + " is larger than the emulator can draw: at most " + LONGEST_SIDE
                            + " pixels a side and " + MOST_PIXELS + " in all");
        }
        return generation("pixels " + pixels, g -> g.pixels = pixels);
    }

    /**
     * Each picture padded after its end to this many bytes, instead of the usual size; 0 for no padding. The padding is
     * created while it is sent, and never in the heap as a whole.
     */
    public static Fault pictureBytes(long n) {
        atLeast(0, n);
        return generation("pictureBytes " + n, g -> g.pictureBytes = n);
    }

    /** Another text of this many characters before the picture; it is created while it is sent. */
    public static Fault textBytes(long n) {
        atLeast(0, n);
        return generation("textBytes " + n, g -> g.longText = n);
    }

    /** This many additional parts of one letter, before the picture. */
    public static Fault manyParts(int n) {
        atLeast(0, n);
        return generation("manyParts " + n, g -> g.manyParts = n);
    }

    /** Thought signatures of this many bytes, at least 33. */
    public static Fault signatureBytes(int n) {
        atLeast(1, n);
        return generation("signatureBytes " + n, g -> g.signatureBytes = n);
    }

    // ---- Requests in a queue (inference.sh, GMI) and batches

    /** The request stays in the queue for this time, by the clock of the emulator. Script it for the submission. */
    public static Fault takes(Duration time) {
        given(time, "time");
        return queue("takes " + time, q -> q.takes = time);
    }

    /** The request stays in the queue forever. Script it for the submission. */
    public static Fault neverEnds() {
        return queue("neverEnds", q -> q.neverEnds = true);
    }

    /** The request fails at its end, with this message. Script it for the submission. */
    public static Fault jobFails(String message) {
        given(message, "message");
        return queue("jobFails", q -> q.failure = message);
    }

    /** The pictures exist for this time after the end of the request; afterwards, 404. Script it for the submission. */
    public static Fault picturesLast(Duration time) {
        given(time, "time");
        return queue("picturesLast " + time, q -> q.picturesLast = time);
    }

    /**
     * The pictures are on another host than the API: {@code 127.0.0.1} if the client calls {@code localhost}, and the
     * other way round. The same applies to the results file of a batch of the Developer API: its download redirects to
     * the other host, where no key is needed. Script it for the submission.
     */
    public static Fault picturesOnOtherHost() {
        return queue("picturesOnOtherHost", q -> q.otherHost = true);
    }

    /** The webhook is called twice at the end of the request. Script it for the submission. */
    public static Fault webhookTwice() {
        return queue("webhookTwice", q -> q.webhook = Queueing.Webhook.TWICE);
    }

    /** The webhook is called this long after the end of the request. Script it for the submission. */
    public static Fault webhookLate(Duration by) {
        given(by, "by");
        return queue("webhookLate " + by, q -> q.webhookDelay = by);
    }

    /** The webhook is never called. Script it for the submission. */
    public static Fault webhookLost() {
        return queue("webhookLost", q -> q.webhook = Queueing.Webhook.LOST);
    }

    /** Before the end, a forged webhook call arrives with a different picture. Script it for the submission. */
    public static Fault webhookForged() {
        return queue("webhookForged", q -> q.webhook = Queueing.Webhook.FORGED);
    }

    /**
     * Before the end, a webhook call of an hour ago is repeated with its valid signature by Google. Script it for the
     * submission. No effect for calls without signatures.
     */
    public static Fault webhookOld() {
        return queue("webhookOld", q -> q.webhook = Queueing.Webhook.OLD);
    }

    /** The batch expires without results. Script it for the submission. */
    public static Fault batchExpires() {
        return queue("batchExpires", q -> q.expires = true);
    }

    /** A batch has no result for this request, counted from 1. Script it for the submission. */
    public static Fault lineMissing(int number) {
        atLeast(1, number);
        return queue("lineMissing " + number, q -> q.missing.add(number));
    }

    /** This request of a batch fails, counted from 1. Script it for the submission. */
    public static Fault lineFails(int number) {
        atLeast(1, number);
        return queue("lineFails " + number, q -> q.failing.add(number));
    }

    /** The line of this result of a batch is not JSON, counted from 1. Script it for the submission. */
    public static Fault lineBroken(int number) {
        atLeast(1, number);
        return queue("lineBroken " + number, q -> q.broken.add(number));
    }

    /** This result of a batch comes twice, counted from 1. Script it for the submission. */
    public static Fault lineTwice(int number) {
        atLeast(1, number);
        return queue("lineTwice " + number, q -> q.repeated.add(number));
    }

    /** The results of a batch come in another order than its requests. Script it for the submission. */
    public static Fault linesShuffled() {
        return queue("linesShuffled", q -> q.shuffled = true);
    }

    /** A successful batch names its results this long after its end. Script it for the submission. */
    public static Fault resultsLate(Duration by) {
        given(by, "by");
        return queue("resultsLate " + by, q -> q.resultsDelay = by);
    }

    /** The account at inference.sh lacks something for the app: 412 with {@code errors}. */
    public static Fault requirementNotMet(String type, String key, String message) {
        given(type, "type");
        given(key, "key");
        given(message, "message");
        return queue("requirementNotMet", q -> q.requirement = new Queueing.Requirement(type, key, message));
    }

    /** GMI answers the submission only when the picture is ready, with that state but without the picture. */
    public static Fault blockingSubmit() {
        return queue("blockingSubmit", q -> q.blocking = true);
    }

    /** GMI cannot cancel: 404. */
    public static Fault noCancel() {
        return queue("noCancel", q -> q.cancels = false);
    }

    // ---- The format of the JSON

    /**
     * The field with GMI's list of requests; {@code requests} by default.
     *
     * @param field null for a bare list
     */
    public static Fault listIn(String field) {
        return queue("listIn " + field, q -> q.listField = field);
    }

    /** Requests at GMI are {@code created} and {@code dispatched} before they are processed. */
    public static Fault rareStatuses() {
        return queue("rareStatuses", q -> q.rareStatuses = true);
    }

    /** GMI puts the error of a failed request into its outcome, instead of beside it. */
    public static Fault errorInOutcome() {
        return queue("errorInOutcome", q -> q.errorInOutcome = true);
    }

    /** The old envelope of inference.sh: {@code success}, {@code status}, {@code data}. */
    public static Fault oldestEnvelope() {
        return queue("oldestEnvelope", q -> q.oldestEnvelope = true);
    }

    /** The old status numbers of inference.sh, with 9 for completed. */
    public static Fault oldStatusNumbers() {
        return queue("oldStatusNumbers", q -> q.oldStatusNumbers = true);
    }

    /** The statuses of inference.sh as names in lower case. */
    public static Fault statusNames() {
        return queue("statusNames", q -> q.statusNames = true);
    }

    /** Pictures of inference.sh as objects with the URL in this field, {@code uri} or {@code url}. */
    public static Fault pictureObjects(String field) {
        given(field, "field");
        return queue("pictureObjects " + field, q -> q.pictureField = field);
    }

    /** Outputs of inference.sh without {@code output_meta}. */
    public static Fault withoutOutputMeta() {
        return queue("withoutOutputMeta", q -> q.outputMeta = false);
    }

    /**
     * inference.sh limits runs to 100 a minute, polls of tasks to 1,000 and uploads to 50, and reports what is left.
     */
    public static Fault rateLimits() {
        return queue("rateLimits", q -> q.rateLimits = true);
    }

    /** Field names in snake_case, as some gateways send them. */
    public static Fault snakeCase() {
        return generation("snakeCase", g -> g.snakeCase = true);
    }

    /** Field names in camelCase, also where AnyFast uses snake_case. */
    public static Fault camelCase() {
        return generation("camelCase", g -> g.camelCase = true);
    }

    /** Errors of AI/ML API with {@code statusCode} as a number; in its documentation it is a string. */
    public static Fault numericStatusCode() {
        return generation("numericStatusCode", g -> g.numericStatusCode = true);
    }

    /** A key without permission to stream, like those of AnyFast's groups Aggregate and Aggregate-NanoUrl. */
    public static Fault noStreaming() {
        return generation("noStreaming", g -> g.streaming = false);
    }

    /** A picture with a wrong MIME type, as reported in python-genai#1824. */
    public static Fault wrongMimeType(String mimeType) {
        given(mimeType, "mimeType");
        return generation("wrongMimeType", g -> g.declaredMimeType = mimeType);
    }

    /** {@code data} before {@code mimeType}. */
    public static Fault dataFirst() {
        return generation("dataFirst", g -> g.dataFirst = true);
    }

    /** Base64 without {@code =} at the end. */
    public static Fault unpaddedBase64() {
        return base64(Base64Style.UNPADDED);
    }

    /** Base64 with {@code -} and {@code _}. */
    public static Fault urlSafeBase64() {
        return base64(Base64Style.URL_SAFE);
    }

    /** Base64 in lines. */
    public static Fault base64Lines() {
        return base64(Base64Style.LINES);
    }

    /** Base64 with {@code /} and {@code +} as JSON escapes. */
    public static Fault escapedBase64() {
        return base64(Base64Style.ESCAPED);
    }

    /** Base64 that ends in the middle of a group of four, in complete JSON. */
    public static Fault truncatedBase64() {
        return base64(Base64Style.TRUNCATED);
    }

    /** Additional characters after the end of the body. */
    public static Fault trailingGarbage() {
        return new Fault("trailingGarbage", plan -> plan.trailer = "}garbage{");
    }

    /** {@code streamGenerateContent} ends with an error 503 after its first chunk. No effect for other calls. */
    public static Fault midStreamError() {
        return generation("midStreamError", g -> g.midStreamError = true);
    }

    /**
     * An uploaded file is PROCESSING for this time. Script it for the last request of an upload; no effect for other
     * calls.
     */
    public static Fault fileProcessing(Duration duration) {
        return generation("fileProcessing", g -> g.fileProcessing = duration);
    }

    /** An uploaded file is FAILED. Script it for the last request of an upload; no effect for other calls. */
    public static Fault fileFailed() {
        return generation("fileFailed", g -> g.fileFailed = true);
    }

    // ---- The transfer of the bytes

    /** Nothing is sent for this time. */
    public static Fault delay(Duration duration) {
        return new Fault("delay " + duration, plan -> plan.delay = plan.delay.plus(duration));
    }

    /** An additional response header, for example {@code Retry-After}. */
    public static Fault header(String name, String value) {
        oneLine(name, "name");
        oneLine(value, "value");
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a valid header name");
        }
        return new Fault("header " + name, plan -> plan.headers.put(name, value));
    }

    /** The body compressed with gzip, whether the client accepts it or not. */
    public static Fault gzip() {
        return new Fault("gzip", plan -> plan.transfer.gzip = true);
    }

    /** The body without Content-Length. */
    public static Fault chunked() {
        return new Fault("chunked", plan -> plan.transfer.chunked = true);
    }

    /** The service processes the request, and then sends TCP RST instead of its answer. */
    public static Fault answerLost() {
        return new Fault("answerLost", plan -> {
            resetBeforeHeaders().change(plan);
            plan.answerLost = true;
        });
    }

    /**
     * The service processes the request, and then a gateway's error page replaces its answer.
     *
     * @param status usually 502 or 504; some gateways send 499 or 200
     */
    public static Fault answerReplaced(int status) {
        httpStatus(status);
        return new Fault("answerReplaced " + status, plan -> plan.instead = page(status));
    }

    /** TCP RST instead of an answer. */
    public static Fault resetBeforeHeaders() {
        return cut("resetBeforeHeaders", Cut.BEFORE_HEADERS, Cut.Ending.RESET);
    }

    /** TCP RST after the headers, before the body. */
    public static Fault resetAfterHeaders() {
        return cut("resetAfterHeaders", 0, Cut.Ending.RESET);
    }

    /** TCP RST after this many bytes of the body. */
    public static Fault resetMidBody(long afterBytes) {
        atLeast(0, afterBytes);
        return cut("resetMidBody", afterBytes, Cut.Ending.RESET);
    }

    /** The connection is closed normally after this many bytes of the body. */
    public static Fault truncate(long afterBytes) {
        atLeast(0, afterBytes);
        return cut("truncate", afterBytes, Cut.Ending.CLOSE);
    }

    /** No answer, and the connection stays open until the client or {@link GeminiEmulator#clear()} closes it. */
    public static Fault stallBeforeHeaders() {
        return cut("stallBeforeHeaders", Cut.BEFORE_HEADERS, Cut.Ending.STALL);
    }

    /** The same as {@link #stallBeforeHeaders()}, after this many bytes of the body. */
    public static Fault stallMidBody(long afterBytes) {
        atLeast(0, afterBytes);
        return cut("stallMidBody", afterBytes, Cut.Ending.STALL);
    }

    /** The body in pieces of this many bytes, with a pause after each. */
    public static Fault trickle(int bytes, Duration every) {
        atLeast(1, bytes);
        return new Fault("trickle", plan -> {
            plan.transfer.trickleBytes = bytes;
            plan.transfer.pause = every;
        });
    }

    private static void atLeast(long least, long number) {
        if (number < least) {
            throw new IllegalArgumentException("The number must be at least " + least + ", but is " + number);
        }
    }

    private static void httpStatus(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("The HTTP status must be a number from 200 to 599, but is " + status);
        }
    }

    private static void given(Object value, String parameter) {
        if (value == null) {
            throw new IllegalArgumentException("'" + parameter + "' must not be null");
        }
    }

    private static void oneLine(String text, String parameter) {
        given(text, parameter);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("'" + parameter + "' must be one line");
        }
    }

    private static Fault trouble(String name, Trouble trouble) {
        return new Fault(name, plan -> plan.fail(trouble));
    }

    private static Fault reply(String name, Function<Api, Reply> reply) {
        return new Fault(name, plan -> plan.answer(reply));
    }

    private static Fault generation(String name, Consumer<Generation> change) {
        return new Fault(name, plan -> change.accept(plan.generation));
    }

    private static Fault queue(String name, Consumer<Queueing> change) {
        return new Fault(name, plan -> change.accept(plan.generation.queue));
    }

    private static Fault base64(Base64Style style) {
        return generation("base64 " + style, g -> g.base64 = style);
    }

    private static Fault cut(String name, long afterBytes, Cut.Ending ending) {
        return new Fault(name, plan -> plan.transfer.cut = new Cut(afterBytes, ending));
    }
}

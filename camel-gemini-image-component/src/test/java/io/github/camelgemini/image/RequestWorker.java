package io.github.camelgemini.image;

import io.github.camelgemini.image.result.ResultHeaders;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** A process that gets each message three times, in any order, until it is killed. What it got it writes into a ledger. */
final class RequestWorker {

    static final int IN_FLIGHT = 8;

    private RequestWorker() {}

    /** @param args base URL of the emulator; folder of results; the ledger; number of prompts */
    public static void main(String[] args) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        GeminiImageConfiguration options =
                context.getComponent("gemini-image", GeminiImageComponent.class).getConfiguration();
        options.setBaseUrl(args[0]);
        options.setApiKey(EmulatedRoutes.KEY);
        options.setMaxConcurrentRequests(IN_FLIGHT);
        options.setResultFolder(args[1]);
        context.start();
        List<Integer> messages = new ArrayList<>();
        for (int prompt = 1; prompt <= Integer.parseInt(args[3]); prompt++) {
            messages.addAll(Collections.nCopies(3, prompt));
        }
        Collections.shuffle(messages);
        ProducerTemplate template = context.createProducerTemplate();
        ExecutorService threads = Executors.newFixedThreadPool(2 * IN_FLIGHT);
        try (OutputStream ledger = new FileOutputStream(args[2], true)) {
            List<CompletableFuture<Void>> all = messages.stream()
                    .map(prompt -> CompletableFuture.runAsync(() -> send(context, template, prompt, ledger), threads))
                    .toList();
            System.out.println("started");
            all.forEach(CompletableFuture::join);
        }
        System.out.println("done");
        System.exit(0);
    }

    private static void send(DefaultCamelContext context, ProducerTemplate template, int prompt, OutputStream ledger) {
        try {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody("Product " + prompt);
            exchange.getMessage().setHeader("id", "id-" + prompt);
            Exchange answer =
                    template.send("gemini-image:generate?imageSize=512&requestId=RAW(${header.id})", exchange);
            if (answer.getException() != null) {
                throw answer.getException();
            }
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(answer.getMessage().getBody(byte[].class)));
            String id = answer.getMessage().getHeader(ResultHeaders.RESPONSE_ID, String.class);
            ledger.write((prompt + " " + id + " " + digest + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new IllegalStateException("prompt " + prompt, e);
        }
    }
}

package io.github.camelgemini.image.produce;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ProgressEventsTest {

    @Test
    void endIsToldHoweverManyEventsWait() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            RouteBuilder.addRoutes(context, b -> b.from("direct:slow").process(exchange -> {
                released.await();
                if ("done".equals(exchange.getMessage().getBody(Map.class).get("event"))) {
                    done.incrementAndGet();
                }
            }));
            context.start();
            try (Progress progress = new Progress(context, "direct:slow")) {
                List<Progress.Call> calls = new ArrayList<>();
                for (int i = 0; i < 400; i++) {
                    Progress.Call call = progress.begin(new DefaultExchange(context));
                    // Together more than may wait.
                    IntStream.range(0, 60).forEach(text -> call.text("text"));
                    calls.add(call);
                }
                calls.forEach(call -> call.done(null));
                released.countDown();

                await().atMost(Duration.ofSeconds(30)).until(() -> done.get() == 400);
            }
        }
    }
}

package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.image.budget.BudgetRepository;
import io.github.camelgemini.image.error.AuthenticationException;
import io.github.camelgemini.image.error.BudgetExceededException;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.RateLimitException;
import io.github.camelgemini.image.error.ServiceUnavailableException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;
import org.apache.camel.support.DefaultExchange;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** {@code budget}: a call that could exceed it is refused before it is made, and not retried. */
@Timeout(120)
class BudgetedRoutesTest {

    private static final String URI = "gemini-image:generate?imageSize=512&maxRetries=2";

    private final GeminiEmulator emulator =
            GeminiEmulator.builder().apiKey(EmulatedRoutes.KEY).start();
    private final List<DefaultCamelContext> contexts = new ArrayList<>();

    @BeforeEach
    void drawFast() {
        emulator.on(RequestMatcher.any()).answer(Fault.pixels(16, 16).and(Fault.takes(Duration.ofMillis(20))));
    }

    @AfterEach
    void close() throws Exception {
        for (DefaultCamelContext context : contexts) {
            context.close();
        }
        emulator.close();
    }

    private DefaultCamelContext context(String dollars, Consumer<GeminiImageComponent> options) {
        DefaultCamelContext context = new DefaultCamelContext();
        GeminiImageComponent component = context.getComponent("gemini-image", GeminiImageComponent.class);
        component.getConfiguration().setBaseUrl(emulator.baseUrl());
        component.getConfiguration().setApiKey(EmulatedRoutes.KEY);
        component.getConfiguration().setRetryInitialDelay(1);
        component.setBudget(Double.valueOf(dollars));
        options.accept(component);
        context.start();
        contexts.add(context);
        return context;
    }

    private static GeminiImageComponent component(DefaultCamelContext context) {
        return context.getComponent("gemini-image", GeminiImageComponent.class);
    }

    private static Exchange send(DefaultCamelContext context, String uri, Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return context.createProducerTemplate().send(uri, exchange);
    }

    private static BigDecimal cost(Exchange exchange) {
        return BigDecimal.valueOf(exchange.getMessage().getHeader(GeminiImageHeaders.ESTIMATED_COST, Double.class));
    }

    /** What a picture of {@link #URI} costs at the emulator. */
    private BigDecimal priceOfOne() {
        DefaultCamelContext context = context("1", component -> {});
        BigDecimal cost = cost(send(context, URI, "a cat"));
        emulator.clearRequests();
        return cost;
    }

    @Test
    void messagesAtOnceDoNotExceedItTogether() {
        int messages = 2_000;
        int affordable = 500;
        BigDecimal budget = priceOfOne().multiply(BigDecimal.valueOf(affordable));
        DefaultCamelContext context = context(budget.toString(), component -> {
            component.getConfiguration().setMaxConcurrentRequests(200);
            component.getConfiguration().setMaxQueued(messages);
        });

        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody("a cat");
            sent.add(context.createProducerTemplate().asyncSend(URI, exchange));
        }
        List<Exchange> all = sent.stream().map(CompletableFuture::join).toList();

        List<Exchange> drawn =
                all.stream().filter(exchange -> exchange.getException() == null).toList();
        assertThat(drawn).hasSizeBetween(affordable * 9 / 10, affordable);
        assertThat(emulator.requests()).hasSameSizeAs(drawn);
        assertThat(all).filteredOn(exchange -> exchange.getException() != null).allSatisfy(refused -> {
            BudgetExceededException failure = refused.getException(BudgetExceededException.class);
            assertThat(failure.getAttempts()).isZero();
            assertThat(failure.getBudget()).isEqualByComparingTo(budget);
            assertThat(failure.getSpent().add(failure.getReserved()).add(failure.getExpected()))
                    .isGreaterThan(budget);
        });
        GeminiImageComponent component = component(context);
        BigDecimal sum = drawn.stream().map(BudgetedRoutesTest::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(component.state().budget().spent()).isEqualByComparingTo(sum);
        assertThat(component.getBudgetReserved()).isZero();
        assertThat(component.getBudgetRefused()).isEqualTo(messages - drawn.size());
        // What was not called is no call.
        assertThat(component.getCalls()).isEqualTo(drawn.size());
    }

    @Test
    void aCallThatTheServiceRefusesCostsNothing() {
        emulator.clear();
        emulator.on(RequestMatcher.any()).answer(Fault.rateLimitedWithoutDetails());
        DefaultCamelContext context = context("0.1", component -> {});

        assertThat(send(context, URI, "a cat").getException()).isInstanceOf(RateLimitException.class);

        assertThat(emulator.requests()).hasSize(3);
        assertThat(component(context).getBudgetSpent()).isZero();
        assertThat(component(context).getBudgetReserved()).isZero();
    }

    @Test
    void eachOfSeveralPicturesIsReservedOnce() {
        DefaultCamelContext context = context("0.25", component -> {});

        Exchange four = send(context, URI + "&numImages=4", "a cat");

        assertThat(four.getException()).isNull();
        assertThat(component(context).getBudgetSpent()).isBetween(0.18, 0.2);
    }

    /** A gateway that stops waiting for a model. */
    @Test
    void aTimeOutOfAGatewayCountsAsExpected() {
        emulator.clear();
        emulator.on(RequestMatcher.any()).answer(Fault.status(504, "DEADLINE_EXCEEDED", "too late"));
        DefaultCamelContext context = context("0.13", component -> {});

        assertThat(send(context, URI, "a cat").getException()).isInstanceOf(BudgetExceededException.class);

        assertThat(emulator.requests()).hasSize(2);
    }

    /** An unused address; the operating system either reports no route, or nothing. */
    @Test
    void aServerThatIsNotReachedCostsNothing() {
        DefaultCamelContext context = context("1", component -> {
            component.getConfiguration().setBaseUrl("http://192.0.2.1");
            component.getConfiguration().setConnectTimeout(200);
        });

        assertThat(send(context, URI, "a cat").getException()).isInstanceOf(ServiceUnavailableException.class);

        assertThat(component(context).getBudgetSpent()).isZero();
    }

    @Test
    void aBatchWhoseSubmissionIsTriedAgainIsPaidOnce() {
        emulator.next(Fault.answerLost());
        DefaultCamelContext context = context("1", component -> {});

        Exchange submitted = send(context, "gemini-image:batch?imageSize=512", List.of("a", "b", "c"));

        assertThat(submitted.getException()).isNull();
        assertThat(component(context).getBudgetSpent()).isBetween(0.067, 0.08);
    }

    @Test
    void aCallWhoseAnswerIsLostCountsAsExpected() {
        emulator.clear();
        emulator.on(RequestMatcher.any()).answer(Fault.resetMidBody(100));
        DefaultCamelContext context = context("0.13", component -> {});

        // The second retry finds no room.
        assertThat(send(context, URI, "a cat").getException()).isInstanceOf(BudgetExceededException.class);

        assertThat(emulator.requests()).hasSize(2);
        assertThat(component(context).getBudgetSpent()).isBetween(0.09, 0.13);
    }

    @Test
    void aRestartDoesNotBeginItAnew(@TempDir Path folder) throws Exception {
        DefaultCamelContext first = context("0.1", component -> component.setBudgetFolder(folder.toString()));
        BigDecimal cost = cost(send(first, URI, "a cat"));
        first.close();

        DefaultCamelContext second = context("0.1", component -> component.setBudgetFolder(folder.toString()));

        assertThat(component(second).state().budget().spent()).isEqualByComparingTo(cost);
        assertThat(send(second, URI, "a cat").getException()).isNull();
        assertThat(send(second, URI, "a cat").getException()).isInstanceOf(BudgetExceededException.class);
    }

    /** Like two processes with one of Camel's repositories. */
    @Test
    void contextsThatShareADatabaseSpendItTogether(@TempDir Path folder) {
        Consumer<GeminiImageComponent> inDatabase = component -> component.setBudgetRepository(component
                .getCamelContext()
                .getTypeConverter()
                .convertTo(BudgetRepository.class, aggregationRepository(folder)));
        DefaultCamelContext first = context("0.1", inDatabase);
        DefaultCamelContext second = context("0.1", inDatabase);

        BigDecimal one = cost(send(first, URI, "a cat"));
        assertThat(send(second, URI, "a cat").getException()).isNull();
        assertThat(send(first, URI, "a cat").getException()).isInstanceOf(BudgetExceededException.class);
        assertThat(send(second, URI, "a cat").getException()).isInstanceOf(BudgetExceededException.class);

        assertThat(emulator.requests()).hasSize(2);
        // What the other has spent is seen with each call.
        await().untilAsserted(() -> {
            send(second, URI, "a cat");
            assertThat(component(second).state().budget().spent()).isEqualByComparingTo(one.add(one));
        });
    }

    private static JdbcAggregationRepository aggregationRepository(Path folder) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:" + folder.resolve("database"));
        JdbcTemplate statements = new JdbcTemplate(database);
        for (String table : List.of("budget", "budget_completed")) {
            statements.execute("CREATE TABLE IF NOT EXISTS " + table
                    + " (id VARCHAR(255) PRIMARY KEY, exchange BLOB NOT NULL, version BIGINT NOT NULL"
                    + (table.equals("budget") ? ")" : ", instance_id VARCHAR(255))"));
        }
        return new JdbcAggregationRepository(new DataSourceTransactionManager(database), "budget", database);
    }

    @Test
    void aBatchIsPaidWithAllItsRequestsWhenItIsSubmitted() {
        DefaultCamelContext context = context("0.1", component -> {});
        List<Map<String, Object>> three = List.of(Map.of("prompt", "a"), Map.of("prompt", "b"), Map.of("prompt", "c"));

        Exchange submitted = send(context, "gemini-image:batch?imageSize=512", three);
        Exchange refused = send(context, "gemini-image:batch?imageSize=512", three);

        assertThat(submitted.getException()).isNull();
        assertThat(refused.getException()).isInstanceOf(BudgetExceededException.class);
        // Half of 0.045 each, and some text.
        assertThat(component(context).getBudgetSpent()).isBetween(0.067, 0.08);
        assertThat(component(context).getBudgetReserved()).isZero();
    }

    @Test
    void aModelOfUnknownPriceIsRefusedUnlessTheUserSaysOne() {
        String uri = URI + "&model=gemini-unknown";
        DefaultCamelContext without = context("1", component -> {});
        DefaultCamelContext with = context("1", component -> component.setBudgetUnknownPrice(0.25));

        assertThat(send(without, uri, "a cat").getException())
                .isInstanceOf(BudgetExceededException.class)
                .hasMessageContaining("budgetUnknownPrice");
        send(with, uri, "a cat");

        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    void withoutCredentialsNothingIsReserved() {
        DefaultCamelContext context =
                context("1", component -> component.getConfiguration().setApiKey("wrong"));

        assertThat(send(context, URI, "a cat").getException()).isInstanceOf(AuthenticationException.class);

        assertThat(component(context).getBudgetSpent()).isZero();
        assertThat(component(context).getBudgetReserved()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"-1, day, budget '-1.0'", "NaN, day, budget 'NaN'", "1, decade, budgetPeriod 'decade'"})
    void whatIsNoBudgetIsRefusedAtTheStart(String dollars, String period, String says) {
        assertThatThrownBy(() -> context(dollars, component -> component.setBudgetPeriod(period)))
                .hasRootCauseInstanceOf(InvalidRequestException.class)
                .rootCause()
                .hasMessageContaining(says);
    }
}

package io.github.camelgemini.image.budget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The amounts spent in a period, and the amounts reserved for calls in flight. Not thread-safe. */
final class Books {

    private static final JsonMapper JSON = new JsonMapper();
    /** The longest amount, in characters; an average price for tokens has about twenty digits. */
    private static final int LONGEST_AMOUNT = 100;

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * The amount for a call in flight.
     *
     * @param until when nobody can be waiting for the answer any more; then the amount counts as spent
     */
    private record Reserved(BigDecimal amount, Instant until) {}

    private final NavigableMap<Instant, BigDecimal> spent = new TreeMap<>();
    private final Map<String, Reserved> reserved = new HashMap<>();

    /**
     * Drops amounts that no longer count. Reservations of a dead process may have been billed, so they count as spent.
     */
    void goOnTo(Instant now, BudgetPeriod period) {
        spent.keySet().removeIf(part -> !period.endOf(part).isAfter(now));
        Map<String, Reserved> before = Map.copyOf(reserved);
        before.forEach((id, call) -> {
            if (!call.until().isAfter(now)) {
                book(id, call.amount(), period.partOf(now));
            }
        });
    }

    BigDecimal spent() {
        return sum(spent);
    }

    BigDecimal reserved() {
        return reserved.values().stream().map(Reserved::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal sum(Map<?, BigDecimal> amounts) {
        return amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    void reserve(String id, BigDecimal amount, Instant until) {
        reserved.put(id, new Reserved(amount, until));
    }

    /**
     * Replaces a reservation by the real cost of the call. Does nothing without a reservation, for example when the
     * call took so long that the amount already counts as spent.
     */
    void book(String id, BigDecimal cost, Instant part) {
        if (reserved.remove(id) != null && cost.signum() > 0) {
            spent.merge(part, cost, BigDecimal::add);
        }
    }

    /**
     * When an amount fits again, if nothing is spent until then.
     *
     * @return empty when it never fits, or when only calls in flight are in the way
     */
    Optional<Instant> roomFor(BigDecimal amount, BigDecimal budget, BudgetPeriod period) {
        BigDecimal left = budget.subtract(reserved()).subtract(spent()).subtract(amount);
        for (Map.Entry<Instant, BigDecimal> part : spent.entrySet()) {
            left = left.add(part.getValue());
            if (left.signum() >= 0) {
                return Optional.of(period.endOf(part.getKey()));
            }
        }
        return Optional.empty();
    }

    String toJson() {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode parts = json.putObject("spent");
        spent.forEach((part, amount) -> parts.put(part.toString(), amount.toPlainString()));
        ObjectNode calls = json.putObject("reserved");
        reserved.forEach((id, call) -> calls.putArray(id)
                .add(call.amount().toPlainString())
                .add(call.until().toString()));
        return json.toString();
    }

    /**
     * @throws IOException when the text was not written by this class
     */
    static Books ofJson(String text) throws IOException {
        Books books = new Books();
        try {
            JsonNode json = JSON.readTree(text);
            for (Map.Entry<String, JsonNode> part : json.required("spent").properties()) {
                books.spent.put(time(part.getKey()), amount(part.getValue()));
            }
            for (Map.Entry<String, JsonNode> call : json.required("reserved").properties()) {
                books.reserve(
                        call.getKey(),
                        amount(call.getValue().required(0)),
                        time(call.getValue().required(1).textValue()));
            }
        } catch (DateTimeException | IllegalArgumentException | NullPointerException e) {
            throw new IOException("the stored budget cannot be read: " + e.getMessage(), e);
        }
        return books;
    }

    /**
     * Refuses negative amounts, which would raise the budget, and numbers such as 1E999999999, whose digits would fill
     * the heap.
     */
    private static BigDecimal amount(JsonNode kept) {
        String text = kept.textValue();
        BigDecimal amount = new BigDecimal(text.length() > LONGEST_AMOUNT ? "too long" : text);
        if (amount.signum() < 0 || Math.abs((long) amount.scale()) > LONGEST_AMOUNT) {
            throw new IllegalArgumentException("an amount is out of range");
        }
        return amount;
    }

    /** Accepts years with four digits only; periods cannot be calculated outside. */
    private static Instant time(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new IllegalArgumentException("a time is out of range");
        }
        return time;
    }
}

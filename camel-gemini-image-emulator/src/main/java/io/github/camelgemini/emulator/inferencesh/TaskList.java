package io.github.camelgemini.emulator.inferencesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A page of a list: CursorListRequest and CursorListResponse of the service's own client, with its filters. Filters and
 * sorting may use nested fields, such as {@code input.prompt}.
 */
final class TaskList<T> {

    private static final int USUAL_LIMIT = 20;
    private static final int MOST = 100;

    private final JsonNode request;
    private final Function<T, String> id;
    private final Function<T, ObjectNode> json;

    private TaskList(JsonNode request, Function<T, String> id, Function<T, ObjectNode> json) {
        this.request = request;
        this.id = id;
        this.json = json;
    }

    /**
     * The requested page.
     *
     * @param request the body; missing or empty means the first page of all
     * @param all the latest first
     * @param id gives the id of an element
     * @param json describes an element; called only where needed, because there may be many
     */
    static <T> ObjectNode page(JsonNode request, List<T> all, Function<T, String> id, Function<T, ObjectNode> json)
            throws RefusedByInferenceException {
        return new TaskList<>(request, id, json).page(all);
    }

    private ObjectNode page(List<T> all) throws RefusedByInferenceException {
        List<T> items = new ArrayList<>(all);
        for (JsonNode filter : request.path("filters")) {
            Predicate<JsonNode> wanted = filter(filter);
            items.removeIf(item -> !wanted.test(json.apply(item)));
        }
        String term = request.path("search").path("term").asText();
        if (!term.isEmpty()) {
            items.removeIf(item -> !contains(json.apply(item).toString(), term));
        }
        sort(items);
        int limit = limit();
        boolean backward = request.path("direction").asText().matches("(?i)prev(ious)?|backward");
        String cursor = request.path("cursor").asText();
        int at = cursor.isEmpty() ? -1 : indexOf(items, cursor);
        int from = backward ? Math.max(0, at - limit) : at + 1;
        int to = backward ? Math.max(0, at) : Math.min(items.size(), from + limit);
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode shown = page.putArray("items");
        items.subList(from, to).forEach(item -> shown.add(json.apply(item)));
        boolean next = to < items.size();
        page.put("next_cursor", next && to > from ? id.apply(items.get(to - 1)) : "")
                .put("prev_cursor", from > 0 && to > from ? id.apply(items.get(from)) : "")
                .put("has_next", next)
                .put("has_previous", from > 0)
                .put("items_per_page", limit)
                .put("total_items", items.size());
        return page;
    }

    private int limit() throws RefusedByInferenceException {
        JsonNode limit = request.path("limit");
        if (limit.isMissingNode() || limit.isNull() || limit.asInt() == 0) {
            return USUAL_LIMIT;
        }
        if (!limit.isIntegralNumber() || limit.asInt() < 0) {
            throw new RefusedByInferenceException(Problem.invalid("limit must be a positive integer"));
        }
        return Math.min(MOST, limit.asInt());
    }

    private int indexOf(List<T> items, String cursor) throws RefusedByInferenceException {
        for (int i = 0; i < items.size(); i++) {
            if (id.apply(items.get(i)).equals(cursor)) {
                return i;
            }
        }
        throw new RefusedByInferenceException(Problem.invalid("Unknown cursor"));
    }

    private void sort(List<T> items) {
        Comparator<T> order = null;
        for (JsonNode by : request.path("sort")) {
            Comparator<T> next = (a, b) -> compare(
                    field(json.apply(a), by.path("field").asText()),
                    field(json.apply(b), by.path("field").asText()));
            Comparator<T> directed = by.path("dir").asText().equalsIgnoreCase("desc") ? next.reversed() : next;
            order = order == null ? directed : order.thenComparing(directed);
        }
        if (order != null) {
            Collections.sort(items, order);
        }
    }

    private static Predicate<JsonNode> filter(JsonNode filter) throws RefusedByInferenceException {
        String name = filter.path("field").asText();
        JsonNode value = filter.path("value");
        String operator = filter.path("operator").asText("eq");
        Predicate<JsonNode> test =
                switch (operator) {
                    case "eq" -> found -> equal(name, found, value);
                    case "neq" -> found -> !equal(name, found, value);
                    case "in" -> found -> any(name, found, value);
                    case "not_in" -> found -> !any(name, found, value);
                    case "gt" -> found -> compare(found, value) > 0;
                    case "gte" -> found -> compare(found, value) >= 0;
                    case "lt" -> found -> compare(found, value) < 0;
                    case "lte" -> found -> compare(found, value) <= 0;
                    case "like", "ilike", "contains" ->
                        found -> contains(text(found), value.asText().replace("%", ""));
                    case "not_contains" -> found -> !contains(text(found), value.asText());
                    case "is_null" -> found -> found.isNull() || found.isMissingNode();
                    case "is_not_null" -> found -> !found.isNull() && !found.isMissingNode();
                    case "is_empty" -> found -> text(found).isEmpty();
                    case "is_not_empty" -> found -> !text(found).isEmpty();
                    default ->
                        throw new RefusedByInferenceException(
                                Problem.invalid("Unknown filter operator '" + operator + "'"));
                };
        return item -> test.test(field(item, name));
    }

    private static boolean any(String name, JsonNode found, JsonNode values) {
        for (JsonNode value : values) {
            if (equal(name, found, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(String name, JsonNode found, JsonNode value) {
        if (name.equals("status")) {
            return Status.all().stream().anyMatch(status -> Status.means(found, status) && Status.means(value, status));
        }
        return text(found).equals(text(value));
    }

    private static int compare(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() ? Double.compare(a.asDouble(), b.asDouble()) : text(a).compareTo(text(b));
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static String text(JsonNode node) {
        return node.isContainerNode() ? node.toString() : node.isNull() ? "" : node.asText();
    }

    private static JsonNode field(JsonNode item, String name) {
        JsonNode at = item;
        for (String step : name.split("\\.")) {
            at = at.path(step);
        }
        return at;
    }
}

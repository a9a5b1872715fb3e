package io.github.camelgemini.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The emulator's own HTTP path, {@code /emulator}: scripts faults and shows requests, for those without Java. */
final class AdminApi {

    private static final String PATH = "/emulator";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> FIELDS = Set.of("faults", "times", "prompt", "model", "operation");

    private final GeminiEmulator emulator;

    AdminApi(GeminiEmulator emulator) {
        this.emulator = emulator;
    }

    static boolean isFor(Request request) {
        String path = request.getHttpURI().getDecodedPath();
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    Reply reply(Request request) throws IOException {
        String call = request.getMethod() + " "
                + request.getHttpURI().getDecodedPath().substring(PATH.length());
        return switch (call) {
            case "GET " -> Reply.json(200, overview());
            case "GET /requests" -> Reply.json(200, requests());
            case "DELETE /requests" -> done(emulator::clearRequests);
            case "GET /faults" -> Reply.json(200, faults());
            case "POST /faults" -> script(request);
            case "DELETE /faults" -> done(emulator::clearFaults);
            case "DELETE /files" -> done(emulator::clearFiles);
            default ->
                failure(
                        404,
                        "There is no '" + call + "'. There are: GET /emulator, GET and DELETE"
                                + " /emulator/requests, GET, POST and DELETE /emulator/faults, DELETE"
                                + " /emulator/files");
        };
    }

    private Reply script(Request request) throws IOException {
        try {
            return Reply.json(200, described(script(JSON.readTree(Content.Source.asInputStream(request)))));
        } catch (JsonProcessingException e) {
            return failure(400, "No valid JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return failure(400, e.getMessage());
        }
    }

    private ScriptedFault script(JsonNode json) {
        json.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException("There is no field '" + field + "'. There are: " + FIELDS);
            }
        });
        List<Fault> faults = new ArrayList<>();
        json.path("faults").forEach(fault -> faults.add(FaultKinds.read(fault)));
        RequestMatcher matcher = RequestMatcher.any();
        if (json.has("prompt")) {
            matcher = matcher.and(RequestMatcher.prompt(json.get("prompt").asText()));
        }
        if (json.has("model")) {
            matcher = matcher.and(RequestMatcher.model(json.get("model").asText()));
        }
        if (json.has("operation")) {
            matcher = matcher.and(RequestMatcher.operation(json.get("operation").asText()));
        }
        int times = json.path("times").asInt(ScriptedFault.ALWAYS);
        return emulator.on(matcher).answer(faults.toArray(Fault[]::new)).times(times);
    }

    private JsonNode overview() {
        ObjectNode overview = NODES.objectNode().put("baseUrl", emulator.baseUrl());
        overview.put("requests", emulator.requests().size());
        overview.set("faults", faults());
        ArrayNode kinds = overview.putArray("faultKinds");
        FaultKinds.signatures().forEach(kinds::add);
        return overview;
    }

    private ArrayNode requests() {
        ArrayNode list = NODES.arrayNode();
        for (ReceivedRequest request : emulator.requests()) {
            ObjectNode json = list.addObject();
            json.put("receivedAt", request.receivedAt().toString())
                    .put("method", request.method())
                    .put("path", request.path())
                    .put("operation", request.operation())
                    .put("model", request.model())
                    .put("prompt", request.prompt());
            json.set("query", JSON.valueToTree(request.query()));
            json.set("headers", JSON.valueToTree(request.headers()));
            json.set("body", request.body().isMissingNode() ? NODES.nullNode() : request.body());
            json.set("pictures", JSON.valueToTree(request.pictures()));
        }
        return list;
    }

    private ArrayNode faults() {
        ArrayNode list = NODES.arrayNode();
        emulator.faults().forEach(fault -> list.add(described(fault)));
        return list;
    }

    private static ObjectNode described(ScriptedFault fault) {
        ObjectNode json =
                NODES.objectNode().put("fault", fault.fault().toString()).put("served", fault.served());
        return fault.left() == ScriptedFault.ALWAYS ? json.put("left", "always") : json.put("left", fault.left());
    }

    private static Reply done(Runnable action) {
        action.run();
        return Reply.json(200, NODES.objectNode());
    }

    private static Reply failure(int status, String message) {
        return Reply.json(status, NODES.objectNode().put("error", message));
    }
}

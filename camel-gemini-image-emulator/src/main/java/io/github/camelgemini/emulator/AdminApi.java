package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The emulator's own HTTP path, {@code /emulator}: scripts faults and shows requests, for those without Java. */
final class AdminApi {

    private static final String PATH = "/emulator";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final GeminiEmulator emulator;

    AdminApi(GeminiEmulator emulator) {
        this.emulator = emulator;
    }

    static boolean isFor(Request request) {
        String path = request.getHttpURI().getDecodedPath();
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    Reply reply(Request request) throws IOException {
        if (Browsers.isForeign(request)) {
            return failure(403, "Web pages may call the API, but not " + PATH + "; only a page of the emulator may");
        }
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
            case "GET /ended-models" -> Reply.json(200, endedModels());
            case "POST /ended-models" -> endModel(request);
            case "DELETE /ended-models" -> done(emulator::clearEndedModels);
            default ->
                failure(
                        404,
                        "There is no '" + call + "'. There are: GET /emulator, GET and DELETE"
                                + " /emulator/requests, GET, POST and DELETE /emulator/faults, GET,"
                                + " POST and DELETE /emulator/ended-models, DELETE /emulator/files");
        };
    }

    private Reply script(Request request) throws IOException {
        try {
            ScriptReader.Scripted script = ScriptReader.read(Content.Source.asInputStream(request));
            ScriptedFault fault = emulator.on(script.matcher())
                    .answer(script.faults().toArray(Fault[]::new))
                    .after(script.after())
                    .times(script.times());
            return Reply.json(200, described(fault));
        } catch (IllegalArgumentException e) {
            return failure(400, e.getMessage());
        }
    }

    private Reply endModel(Request request) throws IOException {
        try {
            ScriptReader.EndOfModel end = ScriptReader.readEndOfModel(Content.Source.asInputStream(request));
            emulator.endModel(end.model(), end.after());
            return Reply.json(200, endedModels());
        } catch (IllegalArgumentException e) {
            return failure(400, e.getMessage());
        }
    }

    private ArrayNode endedModels() {
        ArrayNode list = NODES.arrayNode();
        emulator.endedModels().forEach(list::add);
        return list;
    }

    private JsonNode overview() {
        ObjectNode overview = NODES.objectNode().put("baseUrl", emulator.baseUrl());
        overview.put("requests", emulator.requests().size());
        overview.set("faults", faults());
        overview.set("endedModels", endedModels());
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

package io.github.camelgemini.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.api.Reply;
import java.io.IOException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The emulator's own HTTP path, {@code /emulator}. It scripts faults and shows requests, for clients without Java. */
final class AdminApi {

    private static final String PATH = "/emulator";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final GeminiEmulator emulator;
    private final Services services;

    AdminApi(GeminiEmulator emulator, Services services) {
        this.services = services;
        this.emulator = emulator;
    }

    static boolean isFor(Request request) {
        String path = request.getHttpURI().getDecodedPath();
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    Reply reply(Request request) throws IOException {
        if (Browsers.isForeign(request)) {
            return failure(403, "Web pages may call the API, but not " + PATH + ". Only the page of the emulator may");
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
            case "GET /habits" -> Reply.json(200, habits());
            case "POST /habits" -> setHabit(request);
            case "DELETE /habits" -> done(emulator::clearHabits);
            case "DELETE /ended-models" -> done(emulator::clearEndedModels);
            case "GET /jobs" -> Reply.json(200, jobs());
            case "DELETE /jobs" -> done(emulator::clearJobs);
            case "GET /clock" -> Reply.json(200, clock());
            case "POST /clock" -> turnClock(request);
            default ->
                failure(
                        404,
                        "Unknown call '" + call + "'. Calls are: GET /emulator, GET and DELETE"
                                + " /emulator/requests, GET, POST and DELETE /emulator/faults, GET,"
                                + " POST and DELETE /emulator/ended-models, GET, POST and DELETE"
                                + " /emulator/habits, GET and DELETE /emulator/jobs, GET and POST"
                                + " /emulator/clock, DELETE /emulator/files");
        };
    }

    private Reply script(Request request) throws IOException {
        try {
            ScriptReader.Scripted script =
                    ScriptReader.read(Content.Source.asInputStream(request), services.operations());
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
            emulator.endModel(end.service(), end.model(), end.after());
            return Reply.json(200, endedModels());
        } catch (IllegalArgumentException e) {
            return failure(400, e.getMessage());
        }
    }

    private Reply setHabit(Request request) throws IOException {
        try {
            ScriptReader.Habit habit = ScriptReader.readHabit(Content.Source.asInputStream(request));
            emulator.usually(habit.service(), habit.faults().toArray(Fault[]::new));
            return Reply.json(200, habits());
        } catch (IllegalArgumentException e) {
            return failure(400, e.getMessage());
        }
    }

    private Reply turnClock(Request request) throws IOException {
        try {
            emulator.clock().advance(ScriptReader.readTurn(Content.Source.asInputStream(request)));
            return Reply.json(200, clock());
        } catch (IllegalArgumentException e) {
            return failure(400, e.getMessage());
        }
    }

    private ObjectNode clock() {
        return NODES.objectNode().put("time", emulator.clock().instant().toString());
    }

    private ArrayNode jobs() {
        ArrayNode list = NODES.arrayNode();
        for (QueuedJob job : emulator.jobs()) {
            list.addObject()
                    .put("service", job.service().id())
                    .put("id", job.id())
                    .put("model", job.model())
                    .put("prompt", job.prompt())
                    .put("requests", job.requests())
                    .put("createdAt", job.createdAt().toString())
                    .put("status", job.status())
                    .put("paid", job.paid())
                    .put("webhookCalls", job.webhookCalls());
        }
        return list;
    }

    private ObjectNode habits() {
        ObjectNode habits = NODES.objectNode();
        emulator.habits().forEach((service, fault) -> habits.put(service.id(), fault.toString()));
        return habits;
    }

    /** Models of services other than Google are written with the name of the service first. */
    private ArrayNode endedModels() {
        ArrayNode list = NODES.arrayNode();
        for (EmulatedService service : EmulatedService.values()) {
            String before = service == EmulatedService.GOOGLE ? "" : service + ":";
            emulator.endedModels(service).forEach(model -> list.add(before + model));
        }
        return list;
    }

    private JsonNode overview() {
        ObjectNode overview = NODES.objectNode().put("baseUrl", emulator.baseUrl());
        ObjectNode urls = overview.putObject("services");
        for (EmulatedService service : EmulatedService.values()) {
            urls.put(service.id(), emulator.baseUrl(service));
        }
        overview.put("requests", emulator.requests().size());
        overview.put("jobs", emulator.jobs().size());
        overview.put("batches", emulator.batches());
        overview.setAll(clock());
        overview.set("faults", faults());
        overview.set("habits", habits());
        overview.set("endedModels", endedModels());
        ArrayNode kinds = overview.putArray("faultKinds");
        FaultKinds.signatures().forEach(kinds::add);
        return overview;
    }

    private ArrayNode requests() {
        ArrayNode list = NODES.arrayNode();
        for (ReceivedRequest request : emulator.requests()) {
            ObjectNode json = list.addObject();
            json.put("service", request.service().id())
                    .put("receivedAt", request.receivedAt().toString())
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

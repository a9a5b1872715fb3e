package io.github.camelgemini.emulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgemini.emulator.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An error of the API. The texts are from live calls, unless noted.
 *
 * @param code the HTTP status
 * @param status the name of the gRPC status
 * @param message for people
 * @param details further messages, each with its {@code @type}
 */
public record ApiError(int code, String status, String message, List<ObjectNode> details) {

    private static final String TYPE = "type.googleapis.com/google.rpc.";

    /** An error without details. */
    public static ApiError of(int code, String status, String message) {
        return new ApiError(code, status, message, List.of());
    }

    /** 400: something in the request is invalid. */
    public static ApiError invalidArgument(String message) {
        return of(400, "INVALID_ARGUMENT", message);
    }

    /** 400: the key is invalid. */
    public static ApiError invalidKey() {
        String message = "API key not valid. Please pass a valid API key.";
        ObjectNode info = detail("ErrorInfo").put("reason", "API_KEY_INVALID").put("domain", "googleapis.com");
        info.putObject("metadata").put("service", "generativelanguage.googleapis.com");
        ObjectNode localized = detail("LocalizedMessage").put("locale", "en-US").put("message", message);
        return invalidArgument(message).with(info).with(localized);
    }

    /** 403: the key is missing. */
    public static ApiError missingKey() {
        return of(
                403,
                "PERMISSION_DENIED",
                "Method doesn't allow unregistered callers (callers without established identity). Please use API Key"
                        + " or other form of API consumer identity to call this API.");
    }

    /** 401: Google's usual message for OAuth; that of Vertex AI was not seen live. */
    public static ApiError invalidToken() {
        return of(
                401,
                "UNAUTHENTICATED",
                "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other"
                        + " valid authentication credential. See"
                        + " https://developers.google.com/identity/sign-in/web/devconsole-project.");
    }

    /** 404: the model is unknown or shut down. */
    public static ApiError modelNotFound(ApiCall call) {
        String operation = call.operation().equals(ApiCall.MODELS_GET) ? "generateContent" : call.operation();
        return modelNotFound(call.model(), call.version(), operation);
    }

    private static ApiError modelNotFound(String model, String version, String operation) {
        return of(
                404,
                "NOT_FOUND",
                "models/" + model + " is not found for API version " + version + ", or is not supported for "
                        + operation
                        + ". Call ModelService.ListModels to see the list of available models and their supported methods.");
    }

    /** 400: fields that the schema does not allow. */
    public static ApiError schema(List<Violation> violations) {
        ObjectNode badRequest = detail("BadRequest");
        ArrayNode fields = badRequest.putArray("fieldViolations");
        for (Violation violation : violations) {
            ObjectNode field = fields.addObject();
            if (!violation.field().isEmpty()) {
                field.put("field", violation.field());
            }
            field.put("description", violation.description());
        }
        String message = violations.stream().map(Violation::description).collect(Collectors.joining("\n"));
        return invalidArgument(message).with(badRequest);
    }

    /** The same error with another detail. */
    public ApiError with(ObjectNode detail) {
        List<ObjectNode> more = new ArrayList<>(details);
        more.add(detail);
        return new ApiError(code, status, message, List.copyOf(more));
    }

    /** A detail of this type, without its fields. */
    public static ObjectNode detail(String type) {
        return JsonNodeFactory.instance.objectNode().put("@type", TYPE + type);
    }

    /** As the body of a response. */
    public JsonNode toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode error = root.putObject("error")
                .put("code", code)
                .put("message", message)
                .put("status", status);
        if (!details.isEmpty()) {
            error.putArray("details").addAll(details);
        }
        return root;
    }
}

package io.github.camelgemini.emulator.schema;

/**
 * Something in a request that the schema does not allow.
 *
 * @param field path in snake_case, as the API prints it; empty for the request itself
 * @param description the API's message
 */
public record Violation(String field, String description) {

    static Violation unknownName(String path, String name) {
        String at = path.isEmpty() ? "" : " at '" + path + "'";
        return new Violation(
                path, "Invalid JSON payload received. Unknown name \"" + name + "\"" + at + ": Cannot find field.");
    }

    static Violation invalidValue(String path, String type, String value) {
        return new Violation(path, "Invalid value at '" + path + "' (" + type + "), " + value);
    }

    /** The error for invalid Base64. */
    public static Violation invalidBase64(String path, String shown) {
        return invalidValue(path, "TYPE_BYTES", "Base64 decoding failed for \"" + shown + "\"");
    }
}

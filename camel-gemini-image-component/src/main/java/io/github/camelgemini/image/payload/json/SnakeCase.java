package io.github.camelgemini.image.payload.json;

/** Converts names to camelCase. Proto JSON accepts snake_case in requests, and some gateways use it in answers. */
final class SnakeCase {

    private SnakeCase() {}

    /**
     * {@code inline_data} → {@code inlineData}. A name without an underscore before a letter or digit stays unchanged.
     */
    static String toCamelCase(String name) {
        int underscore = name.indexOf('_', 1);
        if (underscore < 0) {
            return name;
        }
        StringBuilder camel = new StringBuilder(name.length());
        camel.append(name, 0, underscore);
        for (int i = underscore; i < name.length(); i++) {
            boolean joins =
                    name.charAt(i) == '_' && i + 1 < name.length() && Character.isLetterOrDigit(name.charAt(i + 1));
            camel.append(joins ? Character.toUpperCase(name.charAt(++i)) : name.charAt(i));
        }
        return camel.toString();
    }
}

package io.github.camelgemini.image.payload.json;

/** Names as proto JSON allows them in requests and some gateways use them in answers. */
final class SnakeCase {

    private SnakeCase() {}

    /** {@code inline_data} → {@code inlineData}; a name without an underscore before a letter or digit as it is. */
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

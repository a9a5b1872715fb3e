package io.github.camelgemini.emulator.schema;

import java.util.Optional;

/**
 * The type of a field, as {@code requests.json} writes it: {@code [enum Modality]}, {@code string oneof data}.
 *
 * @param name {@code string}, {@code bytes}, {@code bool}, {@code integer}, {@code number}, {@code any}, or a message
 * @param repeated whether it is a list
 * @param enumeration the enum's name
 * @param oneof the group of which a message may have only one field
 */
record FieldType(String name, boolean repeated, Optional<String> enumeration, Optional<String> oneof) {

    static FieldType parse(String text) {
        boolean repeated = text.startsWith("[");
        String[] words = (repeated ? text.substring(1, text.length() - 1) : text).split(" ", -1);
        Optional<String> enumeration = words[0].equals("enum") ? Optional.of(words[1]) : Optional.empty();
        Optional<String> oneof = words.length == 3 ? Optional.of(words[2]) : Optional.empty();
        return new FieldType(words[0], repeated, enumeration, oneof);
    }

    FieldType element() {
        return new FieldType(name, false, enumeration, oneof);
    }
}

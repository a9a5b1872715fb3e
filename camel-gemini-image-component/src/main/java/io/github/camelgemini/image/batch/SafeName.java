package io.github.camelgemini.image.batch;

import java.nio.charset.StandardCharsets;

/**
 * File names that differ for different ids on every file system, including those that ignore case. Lower-case letters,
 * digits, inner dots, hyphens and underscores stay. An upper-case letter becomes {@code ^} and its lower-case form. Any
 * other byte becomes {@code %} and its number.
 */
final class SafeName {

    private static final String AS_THEY_ARE = "abcdefghijklmnopqrstuvwxyz0123456789-_";

    private SafeName() {}

    static String encode(String id) {
        StringBuilder name = new StringBuilder();
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at++) {
            char letter = (char) (bytes[at] & 0xff);
            boolean inside = at > 0 && at < bytes.length - 1;
            if (AS_THEY_ARE.indexOf(letter) >= 0 || letter == '.' && inside) {
                name.append(letter);
            } else if (letter >= 'A' && letter <= 'Z') {
                name.append('^').append(Character.toLowerCase(letter));
            } else {
                name.append("%%%02x".formatted((int) letter));
            }
        }
        return name.toString();
    }

    static String decode(String name) {
        byte[] bytes = new byte[name.length()];
        int length = 0;
        for (int at = 0; at < name.length(); at++) {
            char letter = name.charAt(at);
            if (letter == '^' && at + 1 < name.length()) {
                bytes[length++] = (byte) Character.toUpperCase(name.charAt(++at));
            } else if (letter == '%' && at + 2 < name.length()) {
                bytes[length++] = (byte) Integer.parseInt(name.substring(at + 1, at + 3), 16);
                at += 2;
            } else {
                bytes[length++] = (byte) letter;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}

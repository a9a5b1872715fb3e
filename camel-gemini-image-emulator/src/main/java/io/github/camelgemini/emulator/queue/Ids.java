package io.github.camelgemini.emulator.queue;

import java.security.SecureRandom;

/** Creates unique ids. */
public final class Ids {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** An id of this many lower-case letters and digits. */
    public static String next(int length) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < length; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}

package io.github.camelgemini.image.request;

import io.github.camelgemini.image.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * The keys of a batch so far, with their positions. Stored as 128-bit hashes, since a million keys as text would fill
 * most of a small heap. A key that equals the number of its request takes one bit.
 */
final class BatchKeys {

    private static final int LONGEST = 200;
    /** Keys of Google and of OpenAI, OAuth tokens and JWT, but not words that may name a product. */
    private static final Pattern CREDENTIAL = Pattern.compile("^\\s*(AIza[\\w-]{30}|AQ\\.[\\w-]{20}|ya29\\.[\\w-]{20}"
            + "|sk-(?=[\\w-]*\\d)(?=[\\w-]*[A-Z])[\\w-]{20}|(?i:Bearer\\s)|eyJ[\\w-]{8,}\\.)");

    private static final int WORDS = 2;
    private static final int BITS_OF_BYTE = 8;

    private final BitSet numbered = new BitSet();
    private long[] hashes = new long[64 * WORDS];
    private int[] positions = new int[64];
    private int count;

    /**
     * Converts a key from the sender.
     *
     * @return null when there is none
     * @throws InvalidRequestException when it is not a valid key
     */
    static String check(Object given, int position) {
        if (given == null) {
            return null;
        }
        if (!(given instanceof CharSequence || given instanceof Number || given instanceof Enum<?>)) {
            throw new InvalidRequestException("request " + position + ": key must be text, not "
                    + given.getClass().getName());
        }
        String key = given.toString();
        if (CREDENTIAL.matcher(key).find()) {
            throw new InvalidRequestException(
                    "request " + position + ": key looks like a credential, so it is not shown"
                            + " here. In a batch, key identifies the result of a request and is visible. Credentials are set in the"
                            + " route (option apiKey)");
        }
        if (key.isBlank() || key.length() > LONGEST || key.codePoints().anyMatch(BatchKeys::isUnprintable)) {
            throw new InvalidRequestException("request " + position + ": key '" + quote(key) + "' must have 1 to "
                    + LONGEST + " printable characters and must not be blank");
        }
        return key;
    }

    /** The key for an error message: short and printable; left out if it may be a credential. */
    static String quote(Object key) {
        String text = String.valueOf(key);
        String start = text.substring(0, Math.min(text.length(), LONGEST));
        return CREDENTIAL.matcher(start).find()
                ? "…"
                : Values.quote(start.codePoints()
                        .map(c -> isUnprintable(c) ? '?' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append));
    }

    private static boolean isUnprintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /**
     * Adds a key.
     *
     * @param position of its request, from 1
     * @throws InvalidRequestException when another request has the same key
     */
    void add(String key, int position) {
        int number = number(key);
        boolean isNumber = number == position;
        if (!isNumber && number > 0 && numbered.get(number)) {
            throw twice(key, number, position);
        }
        if (isNumber && count == 0) {
            numbered.set(number);
            return;
        }
        long[] hash = hash(key);
        int slot = slot(hash);
        if (positions[slot] != 0) {
            throw twice(key, positions[slot], position);
        }
        if (isNumber) {
            numbered.set(number);
            return;
        }
        put(slot, hash, position);
        if (++count > positions.length / 2) {
            grow();
        }
    }

    private static InvalidRequestException twice(String key, int first, int second) {
        return new InvalidRequestException("key '" + Values.quote(key) + "' is used by two requests of the batch, "
                + (first == second ? "both in request " + first : first + " and " + second)
                + ". Keys must be unique. The key of a request without one is its number");
    }

    /** The number of a request; 0 if the key is not written as one. */
    private static int number(String key) {
        boolean counted = !key.isEmpty()
                && key.length() <= 9
                && key.charAt(0) != '0'
                && key.chars().allMatch(c -> c >= '0' && c <= '9');
        return counted ? Integer.parseInt(key) : 0;
    }

    private static long[] hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return new long[] {word(digest, 0), word(digest, Long.BYTES)};
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static long word(byte[] bytes, int offset) {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << BITS_OF_BYTE | bytes[offset + i] & 0xFF;
        }
        return word;
    }

    /** The position of a hash, or its free place. */
    private int slot(long[] hash) {
        int slot = (int) hash[0] & positions.length - 1;
        while (positions[slot] != 0 && (hashes[slot * WORDS] != hash[0] || hashes[slot * WORDS + 1] != hash[1])) {
            slot = slot + 1 & positions.length - 1;
        }
        return slot;
    }

    private void put(int slot, long[] hash, int position) {
        hashes[slot * WORDS] = hash[0];
        hashes[slot * WORDS + 1] = hash[1];
        positions[slot] = position;
    }

    private void grow() {
        long[] before = hashes;
        int[] places = positions;
        hashes = new long[before.length * 2];
        positions = new int[places.length * 2];
        for (int i = 0; i < places.length; i++) {
            if (places[i] != 0) {
                long[] hash = Arrays.copyOfRange(before, i * WORDS, i * WORDS + WORDS);
                put(slot(hash), hash, places[i]);
            }
        }
    }
}

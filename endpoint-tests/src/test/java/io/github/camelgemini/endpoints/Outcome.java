package io.github.camelgemini.endpoints;

/**
 * What became of a picture.
 *
 * @param failure the exception that the route ended with, where it did
 * @param type what the receiver knows of the type; null if nothing
 */
record Outcome(Kind kind, String failure, String type) {

    enum Kind {
        ARRIVED,
        DIFFERS,
        FAILED,
        HEAP_EXHAUSTED
    }

    static Outcome arrived(String type) {
        return new Outcome(Kind.ARRIVED, null, type);
    }

    /** Something else arrived, and nobody was told. */
    static Outcome differs(String type) {
        return new Outcome(Kind.DIFFERS, null, type);
    }

    static Outcome failed(String exception) {
        return new Outcome(Kind.FAILED, exception, null);
    }

    static Outcome heapExhausted() {
        return new Outcome(Kind.HEAP_EXHAUSTED, null, null);
    }

    /** In AsciiDoc. */
    String text() {
        return switch (kind) {
            case ARRIVED -> "arrives";
            case DIFFERS -> "*corrupted*";
            case FAILED -> "fails: `" + failure + "`";
            case HEAP_EXHAUSTED -> "`OutOfMemoryError`";
        };
    }
}

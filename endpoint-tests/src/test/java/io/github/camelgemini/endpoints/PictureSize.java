package io.github.camelgemini.endpoints;

/** The pictures that are sent: one as models draw it, and one that no heap of 64 MB holds. */
enum PictureSize {
    SMALL("1 MB", 1_000_000),
    LARGE("100 MB", 100_000_000);

    private final String title;
    private final int bytes;

    PictureSize(String title, int bytes) {
        this.title = title;
        this.bytes = bytes;
    }

    String title() {
        return title;
    }

    int bytes() {
        return bytes;
    }
}

package io.github.camelgemini.emulator.api;

/** Tells which strings in a request's JSON are pictures, so that they are decoded while they arrive. */
@FunctionalInterface
public interface PictureFields {

    /** The possible contents of a string. */
    enum Form {
        /** No picture. */
        NONE,
        /** A picture in Base64. */
        BASE64,
        /** A picture as URL, data URI, or Base64. */
        ANY
    }

    /**
     * The content of a string.
     *
     * @param parent name of the field with the string's object or list; empty at the top
     * @param field the string's own name; empty for an element of a list
     */
    Form of(String parent, String field);
}

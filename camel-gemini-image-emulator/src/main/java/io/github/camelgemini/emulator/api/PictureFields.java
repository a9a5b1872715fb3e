package io.github.camelgemini.emulator.api;

/** Says which texts of a request's JSON are pictures, so that they are decoded while they arrive. */
@FunctionalInterface
public interface PictureFields {

    /** How a text can be a picture. */
    enum Form {
        /** It is none. */
        NONE,
        /** It is the Base64 of one. */
        BASE64,
        /** It is an address, a data URI, or Base64. */
        ANY
    }

    /**
     * What a text is.
     *
     * @param parent name of the field that the text's object or list is the value of; empty at the top
     * @param field the text's own name; empty for an element of a list
     */
    Form of(String parent, String field);
}

package io.github.camelgemini.image;

/** What an endpoint does. */
public enum GeminiImageOperation {
    /** Makes a picture of a prompt, with or without reference pictures. */
    generate,
    /** Changes a picture by an instruction; a message without a picture is an error. */
    edit,
    /** Makes and changes a picture in several turns, each of which knows those before. */
    chat,
    /** Counts the tokens of a message; costs nothing. */
    countTokens,
    /** Lists the models, or tells of one; costs nothing. */
    models
}

package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.ServiceTraits;

/** What a {@code gemini-image} endpoint does. The names are those of the URI, so they are spelled like Camel options. */
public enum GeminiImageOperation {
    /** Makes a picture of a prompt, with or without reference pictures. */
    generate(ServiceTraits.Ability.GENERATE),
    /** Changes a picture: the same, but a message without a picture is an error. */
    edit(ServiceTraits.Ability.GENERATE),
    /** Makes and changes pictures turn by turn, each going on from the one before. */
    chat(ServiceTraits.Ability.CHAT),
    /** Counts the tokens of what would be sent. */
    countTokens(ServiceTraits.Ability.COUNT_TOKENS),
    /** Lists the models. */
    models(ServiceTraits.Ability.MODELS),
    /** Submits requests that are drawn later. */
    batch(ServiceTraits.Ability.BATCH),
    /** Says how a batch stands. */
    batchRetrieve(ServiceTraits.Ability.BATCH),
    /** Lists batches of the account. */
    batchList(ServiceTraits.Ability.BATCH),
    /** Ends a batch. */
    batchCancel(ServiceTraits.Ability.BATCH),
    /** Gives what a batch has drawn; as a consumer, what all batches have drawn. */
    batchResults(ServiceTraits.Ability.BATCH);

    private final ServiceTraits.Ability ability;

    GeminiImageOperation(ServiceTraits.Ability ability) {
        this.ability = ability;
    }

    /** What a service must be able to do for it. */
    ServiceTraits.Ability ability() {
        return ability;
    }
}

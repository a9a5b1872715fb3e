package io.github.camelgemini.image;

import io.github.camelgemini.image.backend.ServiceTraits;

/**
 * The operations of a {@code gemini-image} endpoint. They are spelled as in the URI, in lower camel case like Camel
 * options.
 */
public enum GeminiImageOperation {
    /** Makes a picture from a prompt, with or without reference images. */
    generate(ServiceTraits.Ability.GENERATE),
    /** Changes a picture. Works like {@link #generate}, but a message without a picture is an error. */
    edit(ServiceTraits.Ability.GENERATE),
    /** Makes and changes pictures turn by turn. Each turn continues the conversation. */
    chat(ServiceTraits.Ability.CHAT),
    /** Counts the tokens of a request without sending it to a model. */
    countTokens(ServiceTraits.Ability.COUNT_TOKENS),
    /** Lists the models of the service. */
    models(ServiceTraits.Ability.MODELS),
    /** Submits requests that the service processes later. */
    batch(ServiceTraits.Ability.BATCH),
    /** Gives the state of a batch. */
    batchRetrieve(ServiceTraits.Ability.BATCH),
    /** Lists the batches of the account. */
    batchList(ServiceTraits.Ability.BATCH),
    /** Cancels a batch. */
    batchCancel(ServiceTraits.Ability.BATCH),
    /** Gives the results of a batch. As a consumer, gives the results of all batches. */
    batchResults(ServiceTraits.Ability.BATCH);

    private final ServiceTraits.Ability ability;

    GeminiImageOperation(ServiceTraits.Ability ability) {
        this.ability = ability;
    }

    /** What a service must support for this operation. */
    ServiceTraits.Ability ability() {
        return ability;
    }
}

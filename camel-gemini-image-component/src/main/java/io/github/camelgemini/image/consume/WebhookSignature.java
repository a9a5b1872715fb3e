package io.github.camelgemini.image.consume;

/** Verifies that a webhook call comes from the service. */
interface WebhookSignature {

    /**
     * Verifies a call.
     *
     * @return the id that repeated calls share; null if there is none that is signed
     * @throws RefusedCallException when it does not come from the service, or is too old
     */
    String check(WebhookCall call) throws RefusedCallException;
}

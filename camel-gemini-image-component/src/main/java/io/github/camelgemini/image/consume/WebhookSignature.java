package io.github.camelgemini.image.consume;

/** By what a call is known to be of the service. */
interface WebhookSignature {

    /**
     * Checks a call.
     *
     * @return the id by which the service sends it again; null when it has none that can be believed
     * @throws RefusedCallException when it is not of the service, or too old
     */
    String check(WebhookCall call) throws RefusedCallException;
}

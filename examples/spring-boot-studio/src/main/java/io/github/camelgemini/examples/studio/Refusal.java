package io.github.camelgemini.examples.studio;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The answer to a request that is refused.
 *
 * @param error for the sender
 */
record Refusal(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "What is wrong, in a sentence")
                String error) {}

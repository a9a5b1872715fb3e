package io.github.camelgemini.examples.studio;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * How a request that is refused is answered.
 *
 * @param error a sentence for whom sent it
 */
record Refusal(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "What is wrong, in a sentence")
                String error) {}

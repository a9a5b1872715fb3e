package io.github.camelgemini.examples.studio;

import io.swagger.v3.oas.annotations.media.Schema;

/** The form of {@code /api/edits}, for the API description. {@link Requests} reads it part by part. */
record EditForm(
        @Schema(
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        description = "What to change",
                        example = "One behind the other")
                String prompt,
        @Schema(description = "Width to height. Without it, the model chooses", example = "16:9") String aspectRatio,
        @Schema(description = "1K, 2K or 4K. Default: 1K", example = "1K") String imageSize,
        @Schema(description = "The conversation of an earlier picture, to edit that picture again") String conversation,
        @Schema(
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        type = "string",
                        format = "binary",
                        description = "PNG, JPEG, WebP or HEIC. Further pictures: picture2 to picture14")
                Object picture1,
        @Schema(type = "string", format = "binary", description = "Another picture (optional)") Object picture2) {}

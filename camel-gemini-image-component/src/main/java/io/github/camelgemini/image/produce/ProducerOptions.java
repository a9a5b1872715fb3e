package io.github.camelgemini.image.produce;

/**
 * The options that concern a producer itself.
 *
 * @param model of messages that name none
 * @param modelWritten whether somebody wrote it; else its successor may draw
 * @param imageStore the endpoint that keeps pictures, or null
 * @param progressUri the endpoint that is told how calls get on, or null
 * @param failOnBlocked whether an answer without a picture is a failure
 * @param maxPixels of a picture that is decoded
 * @param healthChecked whether its health checks are on
 */
public record ProducerOptions(
        String model,
        boolean modelWritten,
        String imageStore,
        String progressUri,
        boolean failOnBlocked,
        long maxPixels,
        boolean healthChecked) {}

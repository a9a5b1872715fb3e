package io.github.camelgemini.image.produce;

/**
 * The options of the producer itself.
 *
 * @param model for messages that name none
 * @param modelWritten whether the route names the model; if not, its successor may be used
 * @param imageStore the endpoint that stores pictures, or null
 * @param progressUri the endpoint that receives progress events, or null
 * @param failOnBlocked whether an answer without a picture is a failure
 * @param maxPixels largest picture that is decoded, in pixels
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

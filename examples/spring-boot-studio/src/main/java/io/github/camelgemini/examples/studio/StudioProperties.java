package io.github.camelgemini.examples.studio;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code studio.*}: how much the studio keeps, and by which names it is called.
 *
 * @param folder where pictures are
 * @param keepFor how long a picture is kept
 * @param maxPictures how many are kept
 * @param maxInProgress how many may be drawn or wait for that
 * @param allowedHosts names by which it may be called, beside {@code localhost} and addresses
 */
@ConfigurationProperties("studio")
record StudioProperties(
        Path folder, Duration keepFor, int maxPictures, int maxInProgress, @DefaultValue List<String> allowedHosts) {}

package io.github.camelgemini.examples.studio;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties {@code studio.*}, which bound what the studio keeps.
 *
 * @param folder where pictures are
 * @param keepFor how long a picture is kept
 * @param maxPictures how many are kept
 * @param maxInProgress how many may be drawn or wait for that
 */
@ConfigurationProperties("studio")
record StudioProperties(Path folder, Duration keepFor, int maxPictures, int maxInProgress) {}

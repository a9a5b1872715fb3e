package io.github.camelgemini.examples.studio;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code studio.*}: limits and host names.
 *
 * @param folder for pictures
 * @param keepFor how long a picture is kept
 * @param maxPictures how many are kept
 * @param maxInProgress how many may be in progress or wait
 * @param allowedHosts host names in addition to {@code localhost} and IP addresses
 */
@ConfigurationProperties("studio")
record StudioProperties(
        Path folder, Duration keepFor, int maxPictures, int maxInProgress, @DefaultValue List<String> allowedHosts) {}

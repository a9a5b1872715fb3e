package io.github.camelgemini.image.request;

import java.util.function.Consumer;

/**
 * How a service takes reference images that are given by URI.
 *
 * @param server scheme, host and path of the API; null if unknown
 * @param asksUrls whether the service fetches URLs itself; the component then fetches only what the service cannot
 *     reach
 * @param readsFiles whether it reads files of the Files API, from its own server
 * @param check refuses what the service does not take, before anything is fetched
 */
public record ReferencesOfService(String server, boolean asksUrls, boolean readsFiles, Consumer<ImageRequest> check) {}

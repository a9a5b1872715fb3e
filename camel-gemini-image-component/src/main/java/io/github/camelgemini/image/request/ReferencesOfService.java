package io.github.camelgemini.image.request;

import java.util.function.Consumer;

/**
 * How a service is given reference pictures that are named by URI.
 *
 * @param server scheme, host and path of the API that is called; null when there is none to tell
 * @param asksUrls whether it asks addresses itself; such a picture is fetched here only where the service could not
 * @param readsFiles whether it reads files of the Files API, from its own server
 * @param check refuses what the service does not take of them, before any is fetched
 */
public record ReferencesOfService(String server, boolean asksUrls, boolean readsFiles, Consumer<ImageRequest> check) {}

package io.github.camelgemini.image.model;

/** The id of a model, which APIs put into resource names. */
final class ModelId {

    private static final String VERTEX_PREFIX = "publishers/google/models/";
    private static final String DEVELOPER_PREFIX = "models/";

    private ModelId() {}

    /** The id without the parts of a resource name. */
    static String bare(String id) {
        int vertex = id.indexOf(VERTEX_PREFIX);
        if (vertex >= 0) {
            return id.substring(vertex + VERTEX_PREFIX.length());
        }
        return id.startsWith(DEVELOPER_PREFIX) ? id.substring(DEVELOPER_PREFIX.length()) : id;
    }
}

package io.github.camelgemini.image.model;

/**
 * Where models are sold. A service has one face or several that differ in what they offer, as Google has two.
 *
 * @param name by which the catalog knows it, see {@link ModelCatalog#at}
 * @param service the value of the option {@code service}
 * @param title its name in sentences, such as {@code AI/ML API}
 * @param available whether this version of the component can call it
 */
public record ServiceFace(String name, String service, String title, boolean available) {}

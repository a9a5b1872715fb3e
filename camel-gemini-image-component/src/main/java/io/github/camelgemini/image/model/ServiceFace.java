package io.github.camelgemini.image.model;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where models are sold. A service has one face or several that differ in what they offer, as Google has two.
 *
 * @param name by which the catalog knows it, see {@link ModelCatalog#at}
 * @param service the value of the option {@code service}
 * @param title its name in sentences, such as {@code AI/ML API}
 * @param available whether this version of the component can call it
 */
public record ServiceFace(String name, String service, String title, boolean available) {

    /**
     * Names services for a message: {@code anyfast}, and {@code google (Vertex AI)} where only some faces of a service are meant.
     *
     * @param meant in the order of the names
     * @param all that there are
     * @return separated by commas; empty for none
     */
    public static String named(Collection<ServiceFace> meant, Collection<ServiceFace> all) {
        Set<String> names = new LinkedHashSet<>();
        for (ServiceFace face : meant) {
            List<ServiceFace> faces = all.stream()
                    .filter(other -> other.service().equals(face.service()))
                    .toList();
            names.add(meant.containsAll(faces) ? face.service() : face.service() + " (" + face.title() + ")");
        }
        return String.join(", ", names);
    }
}

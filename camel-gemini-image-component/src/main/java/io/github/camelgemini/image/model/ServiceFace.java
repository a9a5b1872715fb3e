package io.github.camelgemini.image.model;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An API of a service that offers models. A service has one face, or several with different offers: Google has two.
 *
 * @param name in the catalog, see {@link ModelCatalog#at}
 * @param service the value of the option {@code service}
 * @param title its name in sentences, such as {@code AI/ML API}
 * @param available whether this version of the component can call it
 */
public record ServiceFace(String name, String service, String title, boolean available) {

    /**
     * Names services for a message: {@code anyfast}, or {@code google (Vertex AI)} if only some faces of a service are
     * meant.
     *
     * @param meant in the order of the names
     * @param all faces that exist
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

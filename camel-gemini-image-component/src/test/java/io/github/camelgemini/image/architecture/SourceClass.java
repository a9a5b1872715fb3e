package io.github.camelgemini.image.architecture;

import java.util.Set;

/**
 * A top-level class with the classes that its source names.
 *
 * @param packageName full name of its package
 * @param name its simple name
 * @param known full names of the classes in its imports and its code, without itself; an import of a whole package ends
 *     with {@code *}
 */
record SourceClass(String packageName, String name, Set<String> known) {

    String fullName() {
        return packageName + "." + name;
    }
}

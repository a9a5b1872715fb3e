package io.github.camelgemini.image.architecture;

import java.util.Set;

/**
 * A top-level class, and whom its source names.
 *
 * @param packageName the whole name of its package
 * @param name its simple name
 * @param known whole names of the classes that its imports and its code name, itself left out; imports of all that is in a package
 *     end with {@code *}
 */
record SourceClass(String packageName, String name, Set<String> known) {

    String fullName() {
        return packageName + "." + name;
    }
}

package io.github.camelgemini.examples.batch;

/**
 * A product of the list.
 *
 * @param line where it is in the list
 * @param sku its number, which names its picture
 * @param photograph the name of a file
 * @param scene where the catalogue shows it
 */
record Product(long line, String sku, String name, String photograph, String scene) {

    String prompt() {
        return "Catalogue picture of this " + name + ", " + scene + ". Keep the product exactly as it is.";
    }

    String pictureName() {
        return sku + ".jpg";
    }
}

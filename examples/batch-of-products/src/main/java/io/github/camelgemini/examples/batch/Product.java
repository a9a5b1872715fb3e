package io.github.camelgemini.examples.batch;

/**
 * A product of the list.
 *
 * @param line number in the list
 * @param sku names its picture
 * @param photograph file name
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

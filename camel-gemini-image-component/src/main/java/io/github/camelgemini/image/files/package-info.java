/** Files that outlive the process: written as a whole, with reservations. */
package io.github.camelgemini.image.files;

/** Files that outlive the process: whole or not at all, and who works on them. */
package io.github.camelgemini.image.files;

/** The conversations of {@code gemini-image:chat}: where they are stored, and the order of their turns. */
package io.github.camelgemini.image.conversation;

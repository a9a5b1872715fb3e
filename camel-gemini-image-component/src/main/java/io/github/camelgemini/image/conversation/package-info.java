/** Conversations of {@code gemini-image:chat}: where they are kept between two messages, and the order of their turns. */
package io.github.camelgemini.image.conversation;

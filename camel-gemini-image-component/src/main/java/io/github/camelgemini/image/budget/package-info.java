/** What may be spent in a period: reserved before a call is made, known after it. */
package io.github.camelgemini.image.budget;

/** The budget of a period. Costs are reserved before a call, and replaced by the real ones after it. */
package io.github.camelgemini.image.budget;

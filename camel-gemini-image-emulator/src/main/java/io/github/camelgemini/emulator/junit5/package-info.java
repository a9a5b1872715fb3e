/** The emulator in JUnit 5 tests. */
package io.github.camelgemini.emulator.junit5;

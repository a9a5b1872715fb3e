/**
 * How a response travels: bodies that are made while they are sent, and everything that can go wrong at the socket. Not
 * meant for users of the emulator.
 */
package io.github.camelgemini.emulator.wire;

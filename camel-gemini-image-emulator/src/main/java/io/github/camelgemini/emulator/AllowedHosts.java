package io.github.camelgemini.emulator;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * The names by which the emulator is called. A page of a stranger whose name leads to this machine after a while (DNS
 * rebinding) is of one origin with the emulator, as far as a browser knows; but its requests have the stranger's name.
 */
final class AllowedHosts {

    /** The host, then the port if any. Addresses are no names that could lead elsewhere. */
    private static final Pattern AUTHORITY = Pattern.compile(
            "(?:(?<address>\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])|(?<name>[^:\\[\\]]+))(?::\\d*)?");

    private final Set<String> names = new HashSet<>();

    /** @param listening the name or address of the server, allowed as the others are */
    AllowedHosts(String listening, Set<String> others) {
        names.add(plain(listening));
        others.forEach(name -> names.add(plain(name)));
    }

    /** Whether the request has a name of these, {@code localhost} or an address; or none, as no browser's has. */
    boolean allow(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        if (host == null) {
            return true;
        }
        Matcher authority = AUTHORITY.matcher(host.strip().toLowerCase(Locale.ROOT));
        if (!authority.matches()) {
            return false;
        }
        if (authority.group("address") != null) {
            return true;
        }
        String name = plain(authority.group("name"));
        return name.equals("localhost") || name.endsWith(".localhost") || names.contains(name);
    }

    /** Without the dot of a name that is complete. */
    private static String plain(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}

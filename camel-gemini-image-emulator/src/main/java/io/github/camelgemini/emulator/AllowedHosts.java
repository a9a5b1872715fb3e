package io.github.camelgemini.emulator;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * The host names under which the emulator may be called. With DNS rebinding, a foreign web page can make its own host
 * name lead to this machine. A browser then treats the page and the emulator as one origin, but its requests contain
 * the foreign name.
 */
final class AllowedHosts {

    /** The host, then the port if there is one. IP addresses are allowed, because they cannot lead elsewhere. */
    private static final Pattern AUTHORITY = Pattern.compile(
            "(?:(?<address>\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])|(?<name>[^:\\[\\]]+))(?::\\d*)?");

    private final Set<String> names = new HashSet<>();

    /**
     * @param listening the name or address of the server, which is also allowed
     */
    AllowedHosts(String listening, Set<String> others) {
        names.add(plain(listening));
        others.forEach(name -> names.add(plain(name)));
    }

    /**
     * Whether the request has one of these names, {@code localhost}, an IP address, or no host, which browsers never
     * send.
     */
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

    /** The name without a trailing dot. */
    private static String plain(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}

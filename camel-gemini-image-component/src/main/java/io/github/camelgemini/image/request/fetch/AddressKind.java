package io.github.camelgemini.image.request.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * The kind of an IP address, by IANA's special-purpose registries for IPv4 and IPv6. An address that contains another
 * one has the kind of that one.
 */
enum AddressKind {
    /** A server on the public Internet. */
    PUBLIC,
    /** This machine, or a network that is not routed on the Internet. */
    PRIVATE,
    /**
     * Link-local addresses, where clouds offer the credentials of a machine; multicast, unspecified and reserved
     * addresses.
     */
    FORBIDDEN;

    private static final List<Block> IPV4 = List.of(
            new Block("0.0.0.0", 8, FORBIDDEN),
            new Block("10.0.0.0", 8, PRIVATE),
            // The metadata service of Alibaba Cloud, in a range that is otherwise private to carriers.
            new Block("100.100.100.200", 32, FORBIDDEN),
            new Block("100.64.0.0", 10, PRIVATE),
            new Block("127.0.0.0", 8, PRIVATE),
            // The host agent of Azure has a public address, but only answers from inside.
            new Block("168.63.129.16", 32, FORBIDDEN),
            new Block("169.254.0.0", 16, FORBIDDEN),
            new Block("172.16.0.0", 12, PRIVATE),
            new Block("192.0.0.0", 24, FORBIDDEN),
            new Block("192.0.2.0", 24, FORBIDDEN),
            new Block("192.88.99.0", 24, FORBIDDEN),
            new Block("192.168.0.0", 16, PRIVATE),
            new Block("198.18.0.0", 15, PRIVATE),
            new Block("198.51.100.0", 24, FORBIDDEN),
            new Block("203.0.113.0", 24, FORBIDDEN),
            new Block("224.0.0.0", 3, FORBIDDEN));

    private static final List<Block> IPV6 = List.of(
            new Block("::1", 128, PRIVATE),
            // Metadata and credentials of AWS, Oracle Cloud, Google Cloud and Scaleway, and their other internal
            // services.
            new Block("fd00:ec2::", 32, FORBIDDEN),
            new Block("fd00:c1::", 32, FORBIDDEN),
            new Block("fd20:ce::", 32, FORBIDDEN),
            new Block("fd00:42::", 32, FORBIDDEN),
            new Block("fc00::", 7, PRIVATE),
            new Block("2001::", 23, FORBIDDEN),
            new Block("2001:db8::", 32, FORBIDDEN),
            new Block("3fff::", 20, FORBIDDEN),
            new Block("2000::", 3, PUBLIC));

    private static final Block NAT64 = new Block("64:ff9b::", 96, FORBIDDEN);
    private static final Block SIX_TO_FOUR = new Block("2002::", 16, FORBIDDEN);

    /** The kind of an address. Java already converts IPv4-mapped IPv6 addresses to IPv4. */
    static AddressKind of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return of(bytes, IPV4, PUBLIC);
        }
        if (NAT64.contains(bytes)) {
            return of(Arrays.copyOfRange(bytes, 12, 16), IPV4, PUBLIC);
        }
        if (SIX_TO_FOUR.contains(bytes)) {
            return of(Arrays.copyOfRange(bytes, 2, 6), IPV4, PUBLIC);
        }
        return of(bytes, IPV6, FORBIDDEN);
    }

    private static AddressKind of(byte[] address, List<Block> blocks, AddressKind others) {
        return blocks.stream()
                .filter(block -> block.contains(address))
                .map(Block::kind)
                .findFirst()
                .orElse(others);
    }

    /** All addresses with the same prefix. */
    private record Block(byte[] prefix, int bits, AddressKind kind) {

        Block(String literal, int bits, AddressKind kind) {
            this(bytes(literal), bits, kind);
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((address[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }

        private static byte[] bytes(String literal) {
            try {
                return InetAddress.getByName(literal).getAddress();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}

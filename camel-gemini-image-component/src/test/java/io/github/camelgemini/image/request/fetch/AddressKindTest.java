package io.github.camelgemini.image.request.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an address leads to, by the special-purpose address registries of IANA. */
class AddressKindTest {

    private static AddressKind kind(String literal) throws UnknownHostException {
        return AddressKind.of(InetAddress.getByName(literal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "169.253.255.255",
                "198.17.255.255",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::200e",
                "::ffff:8.8.8.8",
                "64:ff9b::808:808",
                "2002:808:808::1"
            })
    void publicServers(String address) throws UnknownHostException {
        assertThat(kind(address)).isEqualTo(AddressKind.PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.127.255.255",
                "198.18.0.1",
                "::1",
                "fc00::1",
                "fdff:ffff::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "2002:7f00:1::",
                "2002:c0a8:101::1"
            })
    void privateNetworks(String address) throws UnknownHostException {
        assertThat(kind(address)).isEqualTo(AddressKind.PRIVATE);
    }

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254,metadata of AWS and Google and Azure",
        "169.254.170.2,credentials of ECS tasks",
        "100.100.100.200,metadata of Alibaba",
        "168.63.129.16,host agent of Azure",
        "192.0.0.192,metadata of Oracle",
        "fd00:ec2::254,metadata of AWS",
        "fd00:ec2::23,credentials of EKS pods",
        "fd00:c1::a9fe:a9fe,metadata of Oracle",
        "fd20:ce::254,metadata of Google",
        "fd00:42::42,metadata of Scaleway",
        "fe80::1,link-local",
        "fe80::a9fe:a9fe,link-local",
        "::ffff:169.254.169.254,IPv4-mapped",
        "::169.254.169.254,IPv4-compatible",
        "::127.0.0.1,IPv4-compatible",
        "64:ff9b::a9fe:a9fe,NAT64",
        "64:ff9b:1::a00:1,local NAT64",
        "2002:a9fe:a9fe::1,6to4",
        "2001:0:a9fe:a9fe::1,Teredo",
        "0.0.0.0,unspecified",
        "0.1.2.3,this network",
        "::,unspecified",
        "224.0.0.1,multicast",
        "239.255.255.250,multicast",
        "240.0.0.1,reserved",
        "255.255.255.255,broadcast",
        "ff02::1,multicast",
        "192.0.2.1,documentation",
        "198.51.100.1,documentation",
        "203.0.113.1,documentation",
        "2001:db8::1,documentation",
        "100::1,discard",
        "fec0::1,site-local",
        "4000::1,not assigned"
    })
    void neverFetchedFrom(String address, String what) throws UnknownHostException {
        assertThat(kind(address)).as(what).isEqualTo(AddressKind.FORBIDDEN);
    }
}

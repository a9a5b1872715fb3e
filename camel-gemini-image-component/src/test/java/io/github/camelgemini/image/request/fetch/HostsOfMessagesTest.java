package io.github.camelgemini.image.request.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.PictureServer;
import io.github.camelgemini.image.error.ReferenceImageException;
import io.github.camelgemini.image.payload.PayloadStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a message can make the component go, with a name server of the test's own. The server listens on 127.0.0.1, and
 * every test of a refusal sees that nothing reached it.
 */
@Timeout(30)
class HostsOfMessagesTest {

    private static final String NOT_PUBLIC = "has no public address";

    @RegisterExtension
    final PictureServer web = new PictureServer();

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Names names = new Names();
    private PayloadStore store;
    private final List<ReferenceFetcher> fetchers = new ArrayList<>();

    /** Answers in order; the last one again and again. */
    private static final class Names implements Dns {

        private final Map<String, List<List<String>>> answers = new HashMap<>();

        @SafeVarargs
        final void answer(String host, List<String>... inOrder) {
            answers.put(host, new ArrayList<>(List.of(inOrder)));
        }

        @Override
        public synchronized List<InetAddress> lookup(String host) throws UnknownHostException {
            List<List<String>> left = answers.get(host);
            if (left == null) {
                return Dns.SYSTEM.lookup(host);
            }
            List<InetAddress> addresses = new ArrayList<>();
            for (String literal : left.size() > 1 ? left.remove(0) : left.get(0)) {
                addresses.add(InetAddress.getByAddress(
                        host, InetAddress.getByName(literal).getAddress()));
            }
            return addresses;
        }
    }

    @BeforeEach
    void putPicture() throws IOException {
        store = new PayloadStore(folder, 1_000_000);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", png);
        web.picture("/cat.png", png.toByteArray());
    }

    @AfterEach
    void close() throws IOException {
        fetchers.forEach(ReferenceFetcher::close);
        threads.shutdownNow();
        store.close();
    }

    private ReferenceFetcher fetcher(List<String> allowed, boolean privateAllowed, Proxy proxy) {
        ReferenceFetcher fetcher = new ReferenceFetcher(
                new FetchSettings(allowed, privateAllowed, Duration.ofMillis(500), Duration.ofSeconds(20), proxy, null),
                store,
                threads,
                names);
        fetchers.add(fetcher);
        return fetcher;
    }

    private static Fetching.Picture fetch(ReferenceFetcher fetcher, boolean trusted, String uri) {
        Target target = fetcher.target(uri, trusted);
        try {
            return new Fetching(fetcher, Long.MAX_VALUE).fetch(target).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private Fetching.Picture ofMessage(String uri) {
        return fetch(fetcher(List.of(), false, null), false, uri);
    }

    private String at(String host) {
        return "http://" + host + ":" + web.port() + "/cat.png";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "127.1",
                "2130706433",
                "017700000001",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "0x7f.1",
                "127.0.0.1.",
                "0",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:ffff:7f00:0001]",
                "[::127.0.0.1]",
                "[64:ff9b::127.0.0.1]",
                "[2002:7f00:1::]",
                "①②⑦.⓪.⓪.①",
                "127。0。0。1",
                "%31%32%37.0.0.1",
                "10.0.0.1",
                "100.64.0.1",
                "172.16.0.1",
                "192.168.0.1",
                "169.254.169.254",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "224.0.0.1"
            })
    void howeverAnAddressIsWritten(String host) {
        assertThatThrownBy(() -> ofMessage(at(host)))
                .isInstanceOf(ReferenceImageException.class)
                .satisfies(failure -> assertThat(failure.getMessage())
                        .containsAnyOf(
                                NOT_PUBLIC,
                                "is not a valid URL",
                                "is not a host name, and is ambiguous as an address"));
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void namesOfPrivateAddresses() {
        names.answer("pictures.example", List.of("127.0.0.1"));
        names.answer("metadata.google.internal", List.of("169.254.169.254"));
        names.answer("mapped.example", List.of("::ffff:127.0.0.1", "::1"));

        assertThatThrownBy(() -> ofMessage(at("pictures.example"))).hasMessageContaining(NOT_PUBLIC);
        assertThatThrownBy(() -> ofMessage(at("metadata.google.internal"))).hasMessageContaining(NOT_PUBLIC);
        assertThatThrownBy(() -> ofMessage(at("mapped.example"))).hasMessageContaining(NOT_PUBLIC);
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void hostThatAServiceIsToAskIsLookedUp() {
        names.answer("public.example", List.of("2a00::1"));
        names.answer("private.example", List.of("2a00::1", "10.0.0.1"));
        ReferenceFetcher fetcher = fetcher(List.of(), false, null);
        ReferenceFetcher permissive = fetcher(List.of(), true, null);

        assertThat(isPublic(fetcher, false, at("public.example"))).isTrue();
        assertThat(isPublic(fetcher, true, at("public.example"))).isTrue();
        assertThat(isPublic(fetcher, true, at("private.example"))).isFalse();
        assertThat(isPublic(permissive, false, at("private.example"))).isFalse();
        assertThatThrownBy(() -> isPublic(fetcher, false, at("private.example")))
                .isInstanceOf(ReferenceImageException.class)
                .hasMessageContaining(NOT_PUBLIC);
    }

    private static boolean isPublic(ReferenceFetcher fetcher, boolean trusted, String uri) {
        try {
            return new Fetching(fetcher, Long.MAX_VALUE)
                    .isPublic(fetcher.target(uri, trusted))
                    .join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    @Test
    void nameServerThatKeepsSilentHoldsUpNobodyLongerThanTheLimit() {
        CountDownLatch end = new CountDownLatch(1);
        Dns silent = host -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        };
        FetchSettings settings = new FetchSettings(List.of(), false, Duration.ZERO, Duration.ofMillis(50), null, null);
        ExecutorService onlyThread = Executors.newSingleThreadExecutor();
        ReferenceFetcher fetcher = new ReferenceFetcher(settings, store, onlyThread, silent);
        fetchers.add(fetcher);

        try {
            assertThatThrownBy(() -> isPublic(fetcher, false, at("silent.example")))
                    .isInstanceOf(ReferenceImageException.class)
                    .hasMessageEndingWith("was not fetched within 50 ms");
            assertThatThrownBy(() -> fetch(fetcher, false, at("silent.example")))
                    .isInstanceOf(ReferenceImageException.class)
                    .hasMessageEndingWith("was not fetched within 50 ms");
        } finally {
            end.countDown();
            onlyThread.shutdownNow();
        }
    }

    @Test
    void refusalDoesNotTellTheAddress() {
        names.answer("pictures.example", List.of("10.20.30.40"));

        assertThatThrownBy(() -> ofMessage("http://pictures.example/cat.png"))
                .hasMessage("reference image http://pictures.example/cat.png is not fetched: the host pictures.example "
                        + NOT_PUBLIC);
    }

    @Test
    void nameThatChangesItsMind() {
        // First public (where nobody answers in time), then this machine; whatever order, the one connected to is
        // checked.
        names.answer("rebind.example", List.of("192.0.0.1", "127.0.0.1"), List.of("127.0.0.1"));
        ReferenceFetcher fetcher = fetcher(List.of(), false, null);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> fetch(fetcher, false, at("rebind.example")))
                    .hasMessageContaining(NOT_PUBLIC);
        }
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void nameThatIsPublicWhenAskedAndPrivateWhenConnected() {
        names.answer("rebind.example", List.of("2a00::1"), List.of("127.0.0.1"));
        ReferenceFetcher fetcher = fetcher(List.of(), false, null);

        assertThatThrownBy(() -> fetch(fetcher, false, at("rebind.example")))
                .isInstanceOf(ReferenceImageException.class);
        assertThatThrownBy(() -> fetch(fetcher, false, at("rebind.example"))).hasMessageContaining(NOT_PUBLIC);
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void redirectToAPrivateAddress() {
        web.redirect("/out", "http://127.0.0.1:" + web.port() + "/cat.png");
        names.answer("author.example", List.of("127.0.0.1"));
        String start = "http://author.example:" + web.port() + "/out";

        assertThatThrownBy(() -> fetch(fetcher(List.of(), false, null), true, start))
                .hasMessageContaining("redirects to http://127.0.0.1:" + web.port() + "/cat.png and is not fetched")
                .hasMessageContaining(NOT_PUBLIC);
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void connectionOfTheRouteIsNotUsedAgainForAMessage() {
        names.answer("author.example", List.of("127.0.0.1"));
        ReferenceFetcher fetcher = fetcher(List.of(), false, null);

        fetch(fetcher, true, at("author.example")).payload().discard();

        assertThatThrownBy(() -> fetch(fetcher, false, at("author.example"))).hasMessageContaining(NOT_PUBLIC);
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void privateHostsByPermission() {
        names.answer("pictures.example", List.of("127.0.0.1"));

        fetch(fetcher(List.of(), true, null), false, at("pictures.example"))
                .payload()
                .discard();

        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void metadataEvenWithPermission() {
        names.answer("metadata.google.internal", List.of("169.254.169.254"));
        ReferenceFetcher fetcher = fetcher(List.of("*.google.internal", "169.254.169.254"), true, null);

        assertThatThrownBy(() -> fetch(fetcher, false, "http://metadata.google.internal/cat.png"))
                .hasMessageContaining(NOT_PUBLIC);
        assertThatThrownBy(() -> fetch(fetcher, false, "http://169.254.169.254/cat.png"))
                .hasMessageContaining(NOT_PUBLIC);
    }

    @Test
    void onlyHostsThatTheAuthorLists() {
        names.answer("a.example.com", List.of("127.0.0.1"));
        ReferenceFetcher fetcher = fetcher(List.of("*.Example.com", "other.org"), true, null);

        fetch(fetcher, false, at("A.EXAMPLE.COM")).payload().discard();

        for (String host :
                List.of("example.com", "evilexample.com", "a.example.com.evil.org", "127.0.0.1", "x.other.org")) {
            assertThatThrownBy(() -> fetch(fetcher, false, at(host)))
                    .hasMessageContaining("the host " + host + " is not among allowedReferenceHosts");
        }
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void redirectToAHostThatIsNotListed() {
        names.answer("a.example.com", List.of("127.0.0.1"));
        web.redirect("/out", at("localhost"));
        ReferenceFetcher fetcher = fetcher(List.of("*.example.com"), true, null);

        assertThatThrownBy(() -> fetch(fetcher, false, "http://a.example.com:" + web.port() + "/out"))
                .hasMessageContaining("localhost is not among allowedReferenceHosts");
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void listedHostMustStillBePublic() {
        names.answer("a.example.com", List.of("127.0.0.1"));

        assertThatThrownBy(() -> fetch(fetcher(List.of("*.example.com"), false, null), false, at("a.example.com")))
                .hasMessageContaining(NOT_PUBLIC);
        assertThat(web.requests()).isEmpty();
    }

    /** The server of the test plays the proxy: such a request names the whole URL. */
    @Test
    void behindAProxyOnlyListedHosts() {
        Proxy proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", web.port()));
        ReferenceFetcher fetcher = fetcher(List.of("pictures.example"), false, proxy);

        fetch(fetcher, false, "http://pictures.example/cat.png").payload().discard();

        assertThat(web.requests()).singleElement().satisfies(request -> assertThat(request.path())
                .isEqualTo("http://pictures.example/cat.png"));
        assertThatThrownBy(() -> fetch(fetcher(List.of(), true, proxy), false, "http://pictures.example/cat.png"))
                .hasMessageContaining("behind a proxy only hosts in allowedReferenceHosts are allowed");
        assertThat(web.requests()).hasSize(1);
    }

    private static void fetchOfAnswer(ReferenceFetcher fetcher, NamedBy by, String uri) {
        new Fetching(fetcher, Long.MAX_VALUE)
                .fetch(fetcher.target(uri, by))
                .join()
                .payload()
                .discard();
    }

    @Test
    void listIsOfMessagesAndNarrowsNoAnswer() {
        names.answer("cdn.example", List.of("127.0.0.1"));
        ReferenceFetcher fetcher = fetcher(List.of("pictures.example"), true, null);

        fetchOfAnswer(fetcher, NamedBy.SERVICE, at("cdn.example"));
        fetchOfAnswer(fetcher, NamedBy.MODEL, at("cdn.example"));

        assertThat(web.requests()).hasSize(2);
        assertThatThrownBy(() -> fetch(fetcher, false, at("cdn.example")))
                .hasMessageContaining("is not among allowedReferenceHosts");
    }

    @Test
    void listedHostMayBePrivateWhereAServiceNamesItButNotWhereATextDoes() {
        names.answer("cdn.example", List.of("127.0.0.1"));
        names.answer("metadata.example", List.of("169.254.169.254"));
        ReferenceFetcher fetcher = fetcher(List.of("*.example"), false, null);

        fetchOfAnswer(fetcher, NamedBy.SERVICE, at("cdn.example"));

        assertThat(web.requests()).hasSize(1);
        assertThatThrownBy(() -> fetchOfAnswer(fetcher, NamedBy.MODEL, at("cdn.example")))
                .hasMessageContaining("the image at " + at("cdn.example"))
                .hasMessageContaining(NOT_PUBLIC);
        assertThatThrownBy(() -> fetchOfAnswer(fetcher, NamedBy.SERVICE, at("metadata.example")))
                .hasMessageContaining(NOT_PUBLIC);
        assertThatThrownBy(() -> fetchOfAnswer(fetcher(List.of(), false, null), NamedBy.SERVICE, at("cdn.example")))
                .hasMessageContaining(NOT_PUBLIC);
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void proxyFetchesWhatAServiceNamesAndNotWhatATextDoes() {
        Proxy proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", web.port()));
        ReferenceFetcher fetcher = fetcher(List.of(), false, proxy);

        fetchOfAnswer(fetcher, NamedBy.SERVICE, "http://cdn.example/cat.png");

        assertThat(web.requests()).singleElement().satisfies(request -> assertThat(request.path())
                .isEqualTo("http://cdn.example/cat.png"));
        assertThatThrownBy(() -> fetchOfAnswer(fetcher, NamedBy.MODEL, "http://cdn.example/cat.png"))
                .hasMessageContaining("behind a proxy only hosts in allowedReferenceHosts are allowed");
        for (String host : List.of("10.0.0.1", "localhost", "[::1]", "169.254.169.254")) {
            assertThatThrownBy(() -> fetchOfAnswer(fetcher, NamedBy.SERVICE, "http://" + host + "/cat.png"))
                    .hasMessageContaining(NOT_PUBLIC);
        }
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void proxyOfTheJvmFetchesWhatAServiceNames() {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("127.0.0.1", web.port())));
        try {
            fetchOfAnswer(fetcher(List.of(), false, null), NamedBy.SERVICE, "http://cdn.example/cat.png");
        } finally {
            ProxySelector.setDefault(before);
        }
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void proxyOfTheJvmCountsAsWell() {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("127.0.0.1", web.port())));
        try {
            assertThatThrownBy(() -> ofMessage("http://pictures.example/cat.png"))
                    .hasMessageContaining("behind a proxy only hosts in allowedReferenceHosts are allowed");
            fetch(fetcher(List.of("pictures.example"), false, null), false, "http://pictures.example/cat.png")
                    .payload()
                    .discard();
        } finally {
            ProxySelector.setDefault(before);
        }
        assertThat(web.requests()).hasSize(1);
    }
}

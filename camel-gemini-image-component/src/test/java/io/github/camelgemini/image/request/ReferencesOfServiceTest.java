package io.github.camelgemini.image.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.PictureServer;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.payload.PayloadStore;
import io.github.camelgemini.image.request.fetch.FetchSettings;
import io.github.camelgemini.image.request.fetch.ReferenceFetcher;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pictures at public hosts, which the test's proxy stands for, for a service that asks for them itself. */
@Timeout(60)
class ReferencesOfServiceTest {

    private static final String HOST = "pictures.invalid";

    @RegisterExtension
    final PictureServer web = new PictureServer();

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private PayloadStore store;
    private ReferenceFetcher fetcher;

    @BeforeEach
    void open() throws IOException {
        store = new PayloadStore(folder, 1_000_000);
        Proxy proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", web.port()));
        fetcher = new ReferenceFetcher(
                new FetchSettings(List.of(HOST), false, Duration.ofSeconds(20), Duration.ofSeconds(20), proxy, null),
                store,
                threads);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(32, 18, BufferedImage.TYPE_INT_RGB), "png", png);
        web.picture("/", png.toByteArray());
    }

    @AfterEach
    void close() throws IOException {
        fetcher.close();
        threads.shutdownNow();
        store.close();
    }

    private ImageRequest read(ImageRequest.Builder template) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("a cat");
        exchange.getMessage()
                .setHeader(
                        Parameter.REFERENCE_IMAGES.headerName(),
                        List.of("http://" + HOST + "/one.png", "http://" + HOST + "/two.png"));
        return reader(template).read(exchange).join();
    }

    private RequestReader reader(ImageRequest.Builder template) {
        return new RequestReader(
                context,
                template.set(Parameter.MODEL, "gemini-3.1-flash-image").build(),
                false,
                false,
                new RequestCheck(ModelCatalog.standard().at("aimlapi")),
                store,
                fetcher,
                new ReferencesOfService("https://service.invalid", true, false, request -> {}),
                name -> false,
                false,
                InputLimits.NONE);
    }

    @Test
    void areLeftToIt() {
        try (ImageRequest request = read(ImageRequest.builder())) {
            assertThat(request.referenceImages())
                    .containsExactly(
                            new ReferenceImage.Remote("http://" + HOST + "/one.png", null, true),
                            new ReferenceImage.Remote("http://" + HOST + "/two.png", null, true));
        }
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void conversationThatNamesThemCanBeLoadedAgain() throws Exception {
        try (ImageRequest request = read(ImageRequest.builder());
                InputStream kept =
                        Contents.write(List.of(request.turn()), store).newInputStream()) {
            assertThat(reader(ImageRequest.builder())
                            .kept(kept, "conversation 'c'")
                            .turns())
                    .containsExactly(request.turn());
        }
    }

    @Test
    void firstIsFetchedForItsRatio() throws Exception {
        try (ImageRequest request = read(ImageRequest.builder().read(Parameter.ASPECT_RATIO, "auto", "the test"))) {
            assertThat(request.get(Parameter.ASPECT_RATIO)).hasToString("Optional[16:9]");
            assertThat(request.referenceImages().get(0)).isInstanceOf(ReferenceImage.Inline.class);
            assertThat(request.referenceImages().get(1))
                    .isEqualTo(new ReferenceImage.Remote("http://" + HOST + "/two.png", null, true));
        }
        assertThat(web.requests()).hasSize(1);
    }
}

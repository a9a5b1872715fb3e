package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.backend.ImageBackend;
import io.github.camelgemini.image.backend.OwnBackend;
import io.github.camelgemini.image.backend.OwnService;
import io.github.camelgemini.image.backend.ServiceMeans;
import io.github.camelgemini.image.backend.ServiceOptions;
import io.github.camelgemini.image.backend.ServiceTraits;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.error.NoImageException;
import io.github.camelgemini.image.error.ProviderError;
import io.github.camelgemini.image.result.ImageResult;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who draws, and what goes along to whom. */
class ServiceOptionTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @RegisterExtension
    final PictureServer web = new PictureServer();

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final OwnService painter =
            new OwnService(new OwnBackend(request -> failed()) {
                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            }) {
                @Override
                public ImageBackend open(ServiceOptions options, ServiceMeans means) {
                    opened.incrementAndGet();
                    return super.open(options, means);
                }
            };

    private static CompletableFuture<ImageResult> failed() {
        return CompletableFuture.failedFuture(new NoImageException("none", null, null, null, ProviderError.NONE));
    }

    @BeforeEach
    void bindThePainter() {
        routes.context().getRegistry().bind("painter", painter);
    }

    private void draw(String options) {
        routes.failure("gemini-image:generate?" + options, "a cat", Map.of(), NoImageException.class);
    }

    @Test
    void endpointOfAnotherServiceHasNoneOfTheConnectionOptionsOfTheComponent() {
        routes.component().getConfiguration().setAdditionalHeader(Map.of("X-Secret", "of Google's gateway"));

        draw("service=#painter");

        assertThat(painter.options().apiKey()).isNull();
        assertThat(painter.options().baseUrl()).isNull();
        assertThat(painter.options().headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Service=#painter", "SERVICE=#painter", "configuration.service=#painter"})
    void howeverItIsWritten(String service) {
        routes.component().getConfiguration().setAdditionalHeader(Map.of("X-Secret", "of Google's gateway"));

        draw(service);

        assertThat(painter.options().apiKey()).isNull();
        assertThat(painter.options().baseUrl()).isNull();
        assertThat(painter.options().headers()).isEmpty();
        assertThat(routes.emulator().requests()).isEmpty();
    }

    @Test
    void serviceThatIsSetInCodeHasNoneOfThemEither() {
        GeminiImageEndpoint endpoint =
                routes.context().getEndpoint("gemini-image:generate?model=m", GeminiImageEndpoint.class);
        endpoint.getConfiguration().setService(painter);
        endpoint.getConfiguration().setProject(null);

        draw("model=m");

        assertThat(painter.options().apiKey()).isNull();
        assertThat(painter.options().baseUrl()).isNull();
    }

    @Test
    void clientCertificateOfTheComponentIsShownToItsServiceAlone() {
        SSLContextParameters tls = new SSLContextParameters();
        routes.component().getConfiguration().setSslContextParameters(tls);

        draw("service=#painter");

        assertThat(painter.options().tls()).isNull();
    }

    @Test
    void whatIsOpenedIsClosedWhenTheServiceCannotSayWhereItIs() {
        routes.context()
                .getRegistry()
                .bind(
                        "lost",
                        new OwnService(new OwnBackend(request -> failed()) {
                            @Override
                            public void close() {
                                closed.incrementAndGet();
                            }
                        }) {
                            private int asked;

                            @Override
                            public String url(ServiceOptions written) {
                                throw new IllegalStateException("lost " + ++asked);
                            }
                        });

        assertThatThrownBy(() -> routes.send("gemini-image:generate?service=#lost", "a cat"))
                .hasStackTraceContaining("lost");
        assertThat(closed).hasValue(1);
    }

    @Test
    void serviceThatOpensNothingIsNamed() {
        routes.context().getRegistry().bind("closed", new OwnService(null));

        assertThatThrownBy(() -> routes.send("gemini-image:generate?service=#closed", "a cat"))
                .rootCause()
                .hasMessageContaining(OwnService.class.getName() + " returned null instead of a backend");
    }

    @Test
    void limitsOfCallsAreThoseOfTheUserWhateverTheTimeouts() throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one")
                        .to("gemini-image:generate?service=#painter&idleTimeout=1000&requestsPerMinute=1&maxQueued=0");
                from("direct:other")
                        .to("gemini-image:generate?service=#painter&idleTimeout=2000&requestsPerMinute=1&maxQueued=0");
            }
        });
        routes.send("direct:one", "a cat");

        assertThat(routes.send("direct:other", "a cat").getException()).hasMessageContaining("maxQueued");
    }

    @Test
    void endpointOfTheSameServiceHasThem() {
        routes.component().getConfiguration().setService(painter);

        draw("model=m");

        assertThat(painter.options().apiKey()).isEqualTo(EmulatedRoutes.KEY);
        assertThat(painter.options().baseUrl()).isEqualTo(routes.emulator().baseUrl());
    }

    @Test
    void keyOfTheEndpointGoesToItsService() {
        draw("service=#painter&apiKey=RAW(key of the painter)");

        assertThat(painter.options().apiKey()).isEqualTo("key of the painter");
        assertThat(painter.options().toString()).doesNotContain("key of the painter");
    }

    @Test
    void optionThatOnlyAnotherServiceHasIsRefused() {
        assertThatThrownBy(() -> routes.send("gemini-image:generate?service=#painter&project=p", "a cat"))
                .rootCause()
                .hasMessage("option project is not supported by service painter; services that support it: google");
        assertThat(closed).as("what was opened to know that").hasValue(1);
    }

    @Test
    void unknownServiceIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> routes.send("gemini-image:generate?service=paintr", "a cat"))
                .rootCause()
                .hasMessageStartingWith("option service 'paintr' is unknown. Known services are google")
                .hasMessageContaining("META-INF/services/io/github/camelgemini/image/service/paintr");
    }

    @Test
    void referencesAreCountedBeforeAnyIsFetched() {
        ServiceTraits all = OwnService.TRAITS;
        ServiceTraits one = new ServiceTraits(
                all.service(),
                all.face(),
                all.title(),
                all.provider(),
                all.baseUrl(),
                all.keyVariables(),
                all.options(),
                all.parameters(),
                new ServiceTraits.References(Set.of(ServiceTraits.Way.INLINE), 1),
                all.operations(),
                all.emulatorPath());
        routes.context().getRegistry().bind("copyist", new OwnService(new OwnBackend(request -> failed()) {
            @Override
            public ServiceTraits traits() {
                return one;
            }
        }));
        web.picture("/cat.png", Pictures.draw("png", 3, 2));

        InvalidRequestException failure = routes.failure(
                "gemini-image:generate?service=#copyist&model=m&referenceImages=" + web.url() + "/cat.png," + web.url()
                        + "/cat.png",
                "a cat",
                Map.of(),
                InvalidRequestException.class);

        assertThat(failure).hasMessageStartingWith("number of reference images '2' must be at most 1 for The painter");
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void referenceThatNamesNothingIsRefused() {
        assertThatThrownBy(() -> routes.send("gemini-image:generate?service=#nobody", "a cat"))
                .hasStackTraceContaining("option service '#nobody' is not a bean in the registry");
    }

    @Test
    void beanThatIsNoServiceIsRefused() {
        routes.context().getRegistry().bind("number", 7);

        assertThatThrownBy(() -> routes.send("gemini-image:generate?service=#number", "a cat"))
                .rootCause()
                .hasMessageContaining("is a java.lang.Integer; it must be a");
    }

    @Test
    void endpointsThatDifferInPatienceShareABackend() throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:patient").id("patient").to("gemini-image:generate?service=#painter&maxRetries=5");
                from("direct:hasty")
                        .id("hasty")
                        .to("gemini-image:generate?service=#painter&maxRetries=0&requestTimeout=9000");
            }
        });

        assertThat(opened).hasValue(1);
        routes.context().getRouteController().stopRoute("patient");
        assertThat(closed).hasValue(0);
        routes.context().getRouteController().stopRoute("hasty");
        assertThat(closed).hasValue(1);
    }

    @Test
    void endpointsWithOtherKeysDoNot() throws Exception {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").to("gemini-image:generate?service=#painter&apiKey=one");
                from("direct:other").to("gemini-image:generate?service=#painter&apiKey=other");
            }
        });

        assertThat(opened).hasValue(2);
    }
}

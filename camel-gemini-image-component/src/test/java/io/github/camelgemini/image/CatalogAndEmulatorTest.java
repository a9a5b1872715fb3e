package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.Dimensions;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.LifeCycle;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelSpec;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The component's catalog and the emulator's facts were written independently; a difference means that one is wrong.
 */
class CatalogAndEmulatorTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    /** Every ratio at the two smallest sizes of each model in use; larger ones are multiples of these. */
    static Stream<Arguments> pictures() {
        LocalDate day = LocalDate.of(2026, 11, 20);
        return ModelCatalog.standard().specs().stream()
                .filter(model -> model.lifeCycle().stageOn(day).compareTo(LifeCycle.Stage.RETIRED) < 0)
                .flatMap(model -> model.output().ratios().stream().flatMap(ratio -> model.output().sizes().stream()
                        .filter(size -> size.compareTo(ImageSize.SIZE_1K) <= 0)
                        .map(size -> Arguments.of(model, ratio, size))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("pictures")
    void picturesHaveTheSizeOfTheCatalog(ModelSpec model, AspectRatio ratio, ImageSize size) {
        Exchange exchange = routes.send(
                "gemini-image:generate?model=" + model.id() + "&aspectRatio=" + ratio + "&imageSize=" + size.wireName(),
                "a cat");

        assertThat(exchange.getException()).isNull();
        Dimensions drawn = new Dimensions(
                exchange.getMessage().getHeader(GeminiImageHeaders.WIDTH, int.class),
                exchange.getMessage().getHeader(GeminiImageHeaders.HEIGHT, int.class));
        assertThat(model.pixels(ratio, size)).contains(drawn);
    }
}

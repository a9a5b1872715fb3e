package io.github.camelgemini.image.springboot.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.image.error.PromptBlockedException;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

// tag::test[]
@SpringBootTest
@AutoConfigureGeminiEmulator
class PosterTest {

    @Autowired
    ProducerTemplate template;

    @Autowired
    GeminiEmulator emulator;

    @Test
    void aPromptBecomesAPoster() {
        byte[] picture = template.requestBody("direct:poster", "A T-Rex relaxing on a beach", byte[].class);

        assertThat(picture).isNotEmpty();
        assertThat(emulator.requests()).singleElement().satisfies(request -> assertThat(request.prompt())
                .isEqualTo("A T-Rex relaxing on a beach"));
    }

    @Test
    void overloadIsSurvived() {
        emulator.next(Fault.overloaded());

        assertThat(template.requestBody("direct:poster", "A fern", byte[].class))
                .isNotEmpty();
        assertThat(emulator.requests()).hasSize(2);
    }

    @Test
    void blockedPromptIsAnException() {
        emulator.next(Fault.promptBlocked("SAFETY"));

        assertThatThrownBy(() -> template.requestBody("direct:poster", "A fern"))
                .hasCauseInstanceOf(PromptBlockedException.class);
    }
}
// end::test[]

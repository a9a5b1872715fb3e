package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The next start of the component deletes the spool files of a killed process. */
@Timeout(60)
class KilledProcessTest {

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    @TempDir
    Path spool;

    /** Draws a picture that it holds, is in the middle of a second, and waits to be killed. */
    static final class Drawing {

        private Drawing() {}

        public static void main(String[] args) throws Exception {
            OtherRoutes routes = new OtherRoutes(args[0], args[1]);
            routes.add(b -> b.from("direct:hold")
                    .to("gemini-image:generate?spoolThreshold=0&apiKey=" + EmulatedRoutes.KEY)
                    .process(e -> {
                        System.out.println("holding " + e.getMessage().getBody());
                        Thread.sleep(Long.MAX_VALUE);
                    }));
            new Thread(() -> send(routes, "slow")).start();
            send(routes, "a cat");
        }

        private static void send(OtherRoutes routes, String prompt) {
            try {
                routes.sendAtOnce("direct:hold", 1, prompt);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void itsFilesGoAndThoseOfALiveProcessStay() throws Exception {
        routes.emulator()
                .on(RequestMatcher.prompt("slow"))
                .answer(Fault.pictureBytes(2_000_000), Fault.stallMidBody(1_000_000));
        routes.emulator().on(RequestMatcher.any()).answer(Fault.pictureBytes(300_000));
        try (OtherJvm live = drawing();
                OtherJvm killed = drawing()) {
            await().until(() -> SpoolFiles.in(spool).size() == 4);
            List<Path> before = SpoolFiles.in(spool);

            killed.kill();
            assertThat(SpoolFiles.in(spool)).isEqualTo(before);
            routes.component().getConfiguration().setSpoolDirectory(spool.toString());
            assertThat(routes.send("gemini-image:generate", "a dog").getException())
                    .isNull();

            List<Path> left = SpoolFiles.in(spool);
            assertThat(before).containsAll(left);
            assertThat(left).hasSize(2);
            assertThat(left.stream().map(Path::getParent).distinct()).hasSize(1);
            assertThat(live.isAlive()).isTrue();
        }
    }

    private OtherJvm drawing() throws Exception {
        OtherJvm jvm =
                OtherJvm.start(List.of(), Drawing.class, routes.emulator().baseUrl(), spool);
        assertThat(jvm.lineWith("holding")).contains("image/jpeg").contains("300000 bytes");
        return jvm;
    }
}

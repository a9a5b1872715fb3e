package io.github.camelgemini.image.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The results of {@link Architecture} for sources that violate its rules, and for sources that only seem to. */
class ArchitectureOfOtherSourcesTest {

    @TempDir
    Path sources;

    @BeforeEach
    void faceWithConstant() throws IOException {
        write(
                "",
                "GeminiImageHeaders",
                "public final class GeminiImageHeaders { public static final String TEXT = \"t\"; }");
    }

    /** @param code the file from its imports on */
    private void write(String below, String name, String code) throws IOException {
        String in = below.isEmpty() ? Architecture.ROOT : Architecture.ROOT + "." + below;
        Path file = sources.resolve(in.replace('.', '/')).resolve(name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "package " + in + ";\n" + code);
    }

    private List<String> broken() {
        return new Architecture(SourceTree.of(sources)).broken();
    }

    @Test
    void constantOfTheFaceIsSeenThoughBytecodeHidesIt() throws IOException {
        write(
                "result",
                "Writer",
                """
                import io.github.camelgemini.image.GeminiImageHeaders;
                class Writer { String header = GeminiImageHeaders.TEXT; }""");

        assertThat(broken())
                .anyMatch(said -> said.startsWith("result.Writer knows io.github.camelgemini.image.GeminiImageHeaders,")
                        && said.endsWith(
                                "what a lower package needs of an option is given to it by endpoint or component"));
    }

    @Test
    void constantThatIsImportedStaticallyIsSeen() throws IOException {
        write(
                "request",
                "Reader",
                """
                import static io.github.camelgemini.image.GeminiImageHeaders.TEXT;
                class Reader { String header = TEXT; }""");

        assertThat(broken())
                .anyMatch(said -> said.startsWith("request.Reader knows io.github.camelgemini.image.Gemini"));
    }

    @Test
    void wholeNameInCodeIsSeen() throws IOException {
        write("model", "Noun", "class Noun { String header = io.github.camelgemini.image.GeminiImageHeaders.TEXT; }");

        assertThat(broken()).anyMatch(said -> said.startsWith("model.Noun knows io.github.camelgemini.image.Gemini"));
    }

    @Test
    void importOfAWholePackageIsSeen() throws IOException {
        write("model", "Noun", "import io.github.camelgemini.image.*;\nclass Noun { GeminiImageHeaders headers; }");

        assertThat(broken()).anyMatch(said -> said.startsWith("model.Noun knows io.github.camelgemini.image.Gemini"));
    }

    @Test
    void arrowUpIsToldWithItsReason() throws IOException {
        write("payload", "Bytes", "public class Bytes {}");
        write("model", "Noun", "import io.github.camelgemini.image.payload.Bytes;\nclass Noun { Bytes bytes; }");

        assertThat(broken())
                .containsExactly(
                        "model.Noun knows io.github.camelgemini.image.payload.Bytes, but arrows point down: the"
                                + " field's nouns must be usable by everybody, so they know none of us");
    }

    @Test
    void oneServiceMustNotKnowAnother() throws IOException {
        write("backend.aimlapi", "Answers", "public class Answers {}");
        write(
                "backend.anyfast",
                "Service",
                "import io.github.camelgemini.image.backend.aimlapi.Answers;\nclass Service { Answers answers; }");

        assertThat(broken())
                .containsExactly(
                        "backend.anyfast.Service knows io.github.camelgemini.image.backend.aimlapi.Answers, but"
                                + " arrows point down: a service answers an ImageRequest, and knows no other service but one whose"
                                + " dialect it speaks");
    }

    @Test
    void serviceMustNotKnowHowMessagesAreWritten() throws IOException {
        write("result", "ResultWriter", "public class ResultWriter {}");
        write(
                "backend.google",
                "Service",
                "import io.github.camelgemini.image.result.ResultWriter;\nclass Service { ResultWriter writer; }");

        assertThat(broken())
                .singleElement()
                .asString()
                .startsWith("backend.google.Service knows result.ResultWriter, but");
    }

    @Test
    void resultMustNotKnowTheRequest() throws IOException {
        write("request", "ImageRequest", "public class ImageRequest {}");
        write("request", "Turn", "public class Turn {}");
        write(
                "result",
                "Writer",
                """
                import io.github.camelgemini.image.request.ImageRequest;
                import io.github.camelgemini.image.request.Turn;
                class Writer { ImageRequest request; Turn turn; }""");

        assertThat(broken())
                .containsExactly("result.Writer knows request.ImageRequest, but of package request it may know"
                        + " RequestHeaders, Turn alone: writing a message must not depend on the request, which may be long"
                        + " gone");
    }

    @Test
    void packageWithoutAPlaceIsTold() throws IOException {
        write("newest", "Service", "class Service {}");

        assertThat(broken()).singleElement().asString().startsWith("package newest of Service has no place");
    }

    @Test
    void newServiceHasItsPlaceAndMakesItsCallsByHttp() throws IOException {
        write("backend.http", "HttpCalls", "public class HttpCalls {}");
        write("backend.gemini", "Dialect", "public class Dialect {}");
        write(
                "backend.newest",
                "Service",
                """
                import io.github.camelgemini.image.backend.http.HttpCalls;
                class Service { HttpCalls calls; }""");

        assertThat(broken()).isEmpty();

        write(
                "backend.newest",
                "Service",
                """
                import io.github.camelgemini.image.backend.gemini.Dialect;
                class Service { Dialect dialect; }""");

        assertThat(broken()).singleElement().asString().startsWith("backend.newest.Service knows ");
    }

    @Test
    void circleOfPackagesIsTold() throws IOException {
        write("payload", "One", "import io.github.camelgemini.image.payload.spool.Two;\npublic class One { Two two; }");
        write("payload.spool", "Two", "import io.github.camelgemini.image.payload.One;\npublic class Two { One one; }");

        assertThat(broken())
                .anyMatch(said -> said.startsWith("packages know each other: payload → payload.spool → payload,"));
    }

    @Test
    void circleOfThreeClassesIsToldByTheirSimpleNames() throws IOException {
        write("model", "One", "class One { Two two; }");
        write("model", "Two", "class Two { Object three = new Three(); }");
        write("model", "Three", "class Three { static final int NUMBER = One.class.getName().length(); }");

        assertThat(broken())
                .singleElement()
                .asString()
                .startsWith("classes know each other: model.One → model.Two → model.Three → model.One, but");
    }

    @Test
    void everyCircleOfTheSameClassIsToldInTurn() throws IOException {
        write("model", "One", "class One { Two two; Three three; }");
        write("model", "Two", "class Two { One one; }");
        write("model", "Three", "class Three { One one; }");

        assertThat(broken()).hasSize(2);
    }

    @Test
    void componentAndEndpointMayKnowEachOther() throws IOException {
        write("", "GeminiImageComponent", "class GeminiImageComponent { GeminiImageEndpoint endpoint; }");
        write("", "GeminiImageEndpoint", "class GeminiImageEndpoint { GeminiImageComponent component; }");

        assertThat(broken()).isEmpty();
    }

    @Test
    void exceptionThatNobodyNeedsIsTold() throws IOException {
        write("", "GeminiImageComponent", "class GeminiImageComponent {}");
        write("", "GeminiImageEndpoint", "class GeminiImageEndpoint { GeminiImageComponent component; }");

        assertThat(broken())
                .containsExactly("GeminiImageEndpoint → GeminiImageComponent closes no circle any more: take it out of"
                        + " Architecture.ACCEPTED");
    }

    @Test
    void sdkOutsideItsServiceIsTold() throws IOException {
        write("connection", "Clients", "import com.google.genai.Client;\nclass Clients { Client client; }");

        assertThat(broken())
                .containsExactly(
                        "connection.Clients knows com.google.genai.Client, but only backend.google.*,"
                                + " GeminiImageConfiguration, consume.SignedToken may: Google's SDK is one way to reach one service");
    }

    @Test
    void optionalLibraryInASecondClassIsTold() throws IOException {
        write(
                "observation",
                "CallMeters",
                "import io.micrometer.core.instrument.Meter;\nclass CallMeters { Meter meter; }");
        write("observation", "More", "import io.micrometer.core.instrument.Meter;\nclass More { Meter meter; }");

        assertThat(broken())
                .singleElement()
                .asString()
                .startsWith("observation.More knows io.micrometer.core.instrument.Meter");
    }

    @Test
    void exchangeInAServiceIsTold() throws IOException {
        write("backend.http", "Calls", "import org.apache.camel.Exchange;\nclass Calls { Exchange exchange; }");
        write("backend.gemini", "Dialect", "import org.apache.camel.Message;\nclass Dialect { Message message; }");
        write("backend", "Means", "import org.apache.camel.CamelContext;\nclass Means { CamelContext context; }");

        assertThat(broken())
                .hasSize(2)
                .anyMatch(said -> said.startsWith("backend.http.Calls knows Camel's Exchange, but"))
                .anyMatch(said -> said.startsWith("backend.gemini.Dialect knows Camel's Message, but"));
    }

    @Test
    void libraryInPayloadIsTold() throws IOException {
        write("payload", "Bytes", "import javax.imageio.ImageIO;\nclass Bytes { ImageIO io; }");

        assertThat(broken())
                .singleElement()
                .asString()
                .startsWith("payload.Bytes knows javax.imageio.ImageIO, but pictures");
    }

    @Test
    void emptyNameIsTold() throws IOException {
        write("model", "ModelManager", "class ModelManager {}");

        assertThat(broken()).containsExactly("model.ModelManager has a name that hides what the class is for");
    }

    @Test
    void sealedTypeMayPermitItsSubtypesAndNoMore() throws IOException {
        write("model", "Price", "sealed interface Price permits Dear {}");
        write("model", "Dear", "record Dear() implements Price {}");

        assertThat(broken()).isEmpty();

        write("model", "Price", "sealed interface Price permits Dear { Price LIST = new Dear(); }");

        assertThat(broken()).singleElement().asString().startsWith("classes know each other: model.Dear → model.Price");
    }

    @Test
    void namesInCommentsAndStringsAndOfOwnNestedClassesAreNone() throws IOException {
        write("model", "State", "class State { Light light; }");
        write(
                "model",
                "Light",
                """
                /** Of a {@link State}. */
                class Light<Other> {
                    // State
                    String said = "State";
                    String more = ""\"
                        State
                        ""\";
                    State state;
                    Other other;
                    enum State { ON, OFF }
                }""");
        write("model", "Other", "class Other { Light<String> light; }");

        assertThat(broken()).isEmpty();
    }
}

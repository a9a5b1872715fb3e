package io.github.camelgemini.image;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import io.github.camelgemini.image.request.Turn;

/** Who may know whom (docs, architecture). A broken rule prints its reason. */
@AnalyzeClasses(
        packages = "io.github.camelgemini.image",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoGeneratedCode.class})
class ArchitectureTest {

    private static final String ROOT = "io.github.camelgemini.image";

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(ROOT + ".(*)..")
            .should()
            .beFreeOfCycles()
            .because("the data goes one way through the packages, and a cycle means that two of them are one");

    @ArchTest
    static final ArchRule FACE_IS_KNOWN_BY_NOBODY = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT)
            .because(
                    "arrows point down: what a lower package needs of an option is given to it by endpoint or component");

    @ArchTest
    static final ArchRule MODEL_KNOWS_NOBODY = only("model", "model")
            .because("the field's nouns must be usable by everybody, so they depend on none of us");

    @ArchTest
    static final ArchRule ERROR_KNOWS_ONLY_NOUNS = only("error", "error", "model")
            .because("every package throws these exceptions, so they depend on none of us but the field's nouns");

    @ArchTest
    static final ArchRule PAYLOAD_KNOWS_NOBODY =
            only("payload", "payload").because("where bytes are has nothing to do with what is asked of a model");

    @ArchTest
    static final ArchRule CONVERSATION_KNOWS_BYTES_ALONE = only("conversation", "conversation", "payload")
            .because("where conversations are kept has nothing to do with what is said in them");

    @ArchTest
    static final ArchRule PAYLOAD_IS_FREE_OF_THE_SDK = noClasses()
            .that()
            .resideInAPackage(ROOT + ".payload..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.genai..")
            .because("pictures are streamed the same way whichever backend fetches them");

    @ArchTest
    static final ArchRule REQUEST_KNOWS_WHAT_IT_IS_MADE_OF = only("request", "request", "payload", "model", "error")
            .because("reading a message must not depend on who will answer it");

    @ArchTest
    static final ArchRule RESULT_KNOWS_WHAT_IT_IS_MADE_OF = noClasses()
            .that()
            .resideInAPackage(ROOT + ".result..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(ROOT + ".backend..", ROOT + ".resilience..")
                    .or(resideInAPackage(ROOT + ".request..").and(not(equivalentTo(Turn.class)))))
            .because(
                    "writing a message must not depend on who answered it, nor on the request, which may be long gone");

    @ArchTest
    static final ArchRule BACKENDS_ARE_FREE_OF_CAMEL = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".backend..", ROOT + ".resilience..", ROOT + ".model..", ROOT + ".error..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.camel.Exchange")
            .because("a backend answers an ImageRequest and never sees an Exchange");

    @ArchTest
    static final ArchRule SDK_STAYS_IN_ITS_BACKEND = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".request..", ROOT + ".result..", ROOT + ".resilience..", ROOT + ".backend")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.genai..")
            .because("Google's SDK is one way to reach one service; other backends come beside it");

    @ArchTest
    static final ArchRule OBSERVATION_LOOKS_ON = only(
                    "observation", "observation", "resilience", "request", "result", "payload", "model", "error")
            .because("who counts calls has no part in them");

    @ArchTest
    static final ArchRule MICROMETER_IS_OPTIONAL = onlyOneClassKnows("CallMeters", "io.micrometer..");

    @ArchTest
    static final ArchRule OPENTELEMETRY_IS_OPTIONAL = onlyOneClassKnows("CallSpan", "io.opentelemetry..");

    @ArchTest
    static final ArchRule TELEMETRY_IS_OPTIONAL =
            onlyOneClassKnows("GeminiImageSpanDecorator", "org.apache.camel.telemetry..");

    private static ArchRule onlyOneClassKnows(String name, String packages) {
        return noClasses()
                .that()
                .doNotHaveSimpleName(name)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(packages)
                .because("applications without that library must not load a class that needs it");
    }

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_ARE = classes()
            .should()
            .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Impl)")
            .because("such a name hides what the class is for");

    /** Classes of a package that depend on others of ours only in these packages. */
    private static ClassesShouldConjunction only(String name, String... allowed) {
        String[] packages = new String[allowed.length];
        for (int i = 0; i < allowed.length; i++) {
            packages[i] = ROOT + "." + allowed[i] + "..";
        }
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(packages))));
    }

    static final class NoGeneratedCode implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/dsl/")
                    && !location.contains("ConverterLoader")
                    && !location.contains("Configurer")
                    && !location.contains("UriFactory");
        }
    }
}

package io.github.camelgemini.image.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** What no option of the component has today, and one may have tomorrow. */
class PropertiesGeneratorTest {

    private static PropertiesGenerator of(String option) throws Exception {
        return new PropertiesGenerator(new ObjectMapper().readTree("{\"componentProperties\":{" + option + "}}"));
    }

    @Test
    void deprecatedOptionIsADeprecatedPropertyThatSaysWhatToUse() throws Exception {
        String source =
                of("""
                        "colour": {"type": "string", "javaType": "java.lang.String", "deprecated": true,
                          "deprecationNote": "Say \\"prompt\\" instead", "description": "The colour."}
                        """)
                        .configuration();

        assertThat(source)
                .contains("import org.springframework.boot.context.properties.DeprecatedConfigurationProperty;")
                .contains(
                        """
                            @DeprecatedConfigurationProperty(reason = "Say \\"prompt\\" instead")
                            @Deprecated
                            public String getColour() {
                        """
                                .indent(0))
                .contains("    @Deprecated\n    public void setColour(String colour) {");
    }

    @Test
    void secretOptionIsAmongThoseThatNobodyMaySee() throws Exception {
        assertThat(
                        of("""
                                "token": {"type": "string", "javaType": "java.lang.String", "secret": true,
                                  "description": "The token."}
                                """)
                                .configuration())
                .containsPattern("SECRETS = List.of\\(\\s*\"token\"\\)");
    }

    @Test
    void longThatIsNoNumberOfBytesStaysANumber() throws Exception {
        assertThat(
                        of("""
                                "jobs": {"type": "integer", "javaType": "long", "description": "How many jobs."}
                                """)
                                .configuration())
                .contains("private Long jobs;");
    }

    @Test
    void descriptionIsNotCutWhereALineWouldBeginWithATag() throws Exception {
        String description = "word ".repeat(22) + "@tag and more";

        assertThat(of("\"note\": {\"type\": \"string\", \"javaType\": \"java.lang.String\", \"description\": \""
                                + description + "\"}")
                        .configuration())
                .contains(" @tag")
                .doesNotContainPattern("\\* @tag");
    }
}

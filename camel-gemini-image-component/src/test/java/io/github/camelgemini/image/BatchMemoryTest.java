package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelgemini.image.batch.AggregationBatchRepository;
import io.github.camelgemini.image.batch.BatchRepository;
import io.github.camelgemini.image.batch.FileBatchRepository;
import io.github.camelgemini.image.batch.InMemoryBatchRepository;
import io.github.camelgemini.image.error.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where endpoints store batches, by the options {@code batchRepository} and {@code batchFolder}. */
class BatchMemoryTest {

    private final CamelContext context = new DefaultCamelContext();
    private final InMemoryBatchRepository own = new InMemoryBatchRepository();
    private final MemoryAggregationRepository ofCamel = new MemoryAggregationRepository(true);
    private GeminiImageComponent component;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        component = new GeminiImageComponent();
        component.setAutowiredEnabled(false);
        context.addComponent("gemini-image", component);
        context.getRegistry().bind("own", own);
        context.getRegistry().bind("ofCamel", ofCamel);
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private BatchRepository repository(String options) {
        GeminiImageEndpoint endpoint = context.getEndpoint(
                "gemini-image:batch?model=m" + (options.contains("apiKey") ? "" : "&apiKey=any") + options,
                GeminiImageEndpoint.class);
        return component.batchRepository(endpoint.getConfiguration());
    }

    @Test
    void batchesAreInTheHeapAndTheEndpointsShareThem() throws IOException {
        BatchRepository repository = repository("");
        repository.put("products", "{}", 0);

        assertThat(repository).isInstanceOf(InMemoryBatchRepository.class);
        assertThat(repository("&model=gemini-3-pro-image").batches()).containsExactly("products");
    }

    /** One account does not know the jobs of another, and would take them for lost. */
    @ParameterizedTest
    @ValueSource(strings = {"&apiKey=other", "&project=other", "&serviceAccountKey=other"})
    void batchesInTheHeapAreOfOneAccount(String other) throws IOException {
        repository("").put("products", "{}", 0);

        assertThat(repository(other).batches()).isEmpty();
        assertThat(repository("").batches()).containsExactly("products");
    }

    @Test
    void batchesAreInAFolder() throws IOException {
        BatchRepository repository = repository("&batchFolder=" + folder.resolve("batches"));
        repository.put("products", "{}", 0);

        assertThat(repository).isInstanceOf(FileBatchRepository.class);
        assertThat(new FileBatchRepository(folder.resolve("batches")).batches()).containsExactly("products");
    }

    @Test
    void aFolderThatCannotBeUsedIsAnErrorThatNamesTheOption() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> repository("&batchFolder=" + file))
                .hasMessageContaining("batchFolder")
                .hasMessageContaining(file.toString());
    }

    @Test
    void batchesAreInARepositoryOfOnesOwn() {
        assertThat(repository("&batchRepository=#own")).isSameAs(own);
        assertThat(repository("&batchRepository=#bean:own")).isSameAs(own);
    }

    @Test
    void batchesAreInAnAggregationRepositoryOfCamel() throws IOException {
        BatchRepository repository = repository("&batchRepository=#ofCamel");
        repository.put("products", "{}", 0);
        repository.hold("products").orElseThrow().close();

        assertThat(repository).isInstanceOf(AggregationBatchRepository.class);
        assertThat(ofCamel.getKeys()).contains("products");
        assertThat(repository("&model=gemini-3-pro-image&batchRepository=#bean:ofCamel")
                        .batches())
                .containsExactly("products");
    }

    @Test
    void theComponentTakesAnAggregationRepositoryToo() throws Exception {
        GeminiImageComponent other = new GeminiImageComponent();
        context.addComponent("other", other);
        PropertyBindingSupport.bindProperties(
                context, other, new HashMap<>(Map.of("batchRepository", "#bean:ofCamel")));

        assertThat(other.getConfiguration().getBatchRepository()).isInstanceOf(AggregationBatchRepository.class);
    }

    @Test
    void anEndpointsOwnChoiceIsBeforeThatOfTheComponent() {
        component.getConfiguration().setBatchFolder(folder.toString());
        assertThat(repository("&batchRepository=#own")).isSameAs(own);

        component.getConfiguration().setBatchFolder(null);
        component.getConfiguration().setBatchRepository(own);
        assertThat(repository("&batchFolder=" + folder)).isInstanceOf(FileBatchRepository.class);
        assertThat(repository("")).isSameAs(own);
    }

    @Test
    void twoChoicesAreRefused() {
        assertThatThrownBy(() -> repository("&batchRepository=#own&batchFolder=" + folder))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("batchRepository")
                .hasMessageContaining("batchFolder");
    }
}

package io.github.camelgemini.image.produce;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.AspectRatio;
import io.github.camelgemini.image.model.ImageSize;
import io.github.camelgemini.image.model.ModelCatalog;
import io.github.camelgemini.image.model.ModelSpec;
import io.github.camelgemini.image.observation.Observation;
import io.github.camelgemini.image.result.ResultWriter;
import io.github.camelgemini.image.secret.OutsideFailure;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/**
 * {@code gemini-image:models}: lists the models as the service describes them, with the facts of the model catalog
 * under {@code catalog}. If the body is the id of a model, the result is a {@code Map} about this model, or else a
 * {@code List} of maps about all models. The maps contain JSON values.
 */
public class ModelsProducer extends LeasingProducer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> FACTS = new TypeReference<>() {};

    public ModelsProducer(Endpoint endpoint, ProducerMeans means) {
        super(endpoint, means);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        String id;
        try {
            id = reader().readModelId(exchange);
        } catch (InvalidRequestException e) {
            exchange.setException(OutsideFailure.of(e));
            callback.done(true);
            return true;
        }
        Observation observed = observe(exchange);
        lease().backend(observed).models(id).whenComplete((models, failure) -> {
            try {
                if (failure != null) {
                    fail(failure, exchange);
                } else {
                    List<Map<String, Object>> described =
                            models.stream().map(this::describe).toList();
                    ResultWriter.writeModels(id == null ? described : described.get(0), exchange);
                }
            } catch (Throwable e) {
                exchange.setException(OutsideFailure.of(e));
            } finally {
                tell(() -> observed.done(exchange.getException()));
                callback.done(false);
            }
        });
        return false;
    }

    private Map<String, Object> describe(JsonNode ofService) {
        Map<String, Object> model = JSON.convertValue(ofService, FACTS);
        ModelCatalog catalog = catalog();
        catalog.find(ofService.path("name").asText())
                .ifPresent(known -> model.put("catalog", ofCatalog(known, catalog)));
        return model;
    }

    private static Map<String, Object> ofCatalog(ModelSpec model, ModelCatalog catalog) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("title", model.title());
        facts.put("stage", model.lifeCycle().stageOn(today).name().toLowerCase(Locale.ROOT));
        model.lifeCycle().deprecated().ifPresent(day -> facts.put("deprecated", day.toString()));
        model.lifeCycle().shutdown().ifPresent(day -> facts.put("shutdown", day.toString()));
        catalog.successorOf(model.id()).ifPresent(successor -> facts.put("successor", successor));
        facts.put(
                "imageSizes",
                model.output().sizes().stream().map(ImageSize::wireName).toList());
        facts.put(
                "aspectRatios",
                model.output().ratios().stream().map(AspectRatio::toString).toList());
        model.input().maxReferenceImages().ifPresent(max -> facts.put("maxReferenceImages", max));
        facts.put("referenceTypes", model.input().mimeTypes());
        model.prices().ifPresent(prices -> {
            Map<String, Object> perImage = new LinkedHashMap<>();
            model.output().sizes().forEach(size -> prices.perImage(size)
                    .ifPresent(price -> perImage.put(size.wireName(), price)));
            facts.put("usdPerImage", perImage);
        });
        return facts;
    }
}

package io.github.camelgemini.image.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.model.Asked;
import io.github.camelgemini.image.model.ConversationAction;
import io.github.camelgemini.image.model.Encoding;
import io.github.camelgemini.image.model.ServiceTier;
import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.json.ResponseJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A request to a model: the parameters that are set, the reference images in their order, and the history. Immutable.
 * The model decides about parameters that are not set. Close it when the answer is there, to discard the copies that
 * were made for it.
 */
public final class ImageRequest implements AutoCloseable {

    private final Map<Parameter<?>, Object> values;
    private final List<ReferenceImage> referenceImages;
    private final List<Turn> history;
    private final List<Payload> copies;
    private final ProgressListener progress;
    private final OptionalLong askedAt;
    private final Object answerSoFar;
    private final boolean modelByDefault;
    private final String outputGcsUri;
    private final String exchangeId;

    private ImageRequest(Builder builder) {
        this.values = Collections.unmodifiableMap(new IdentityHashMap<>(builder.values));
        this.referenceImages = List.copyOf(builder.referenceImages);
        this.history = List.copyOf(builder.history);
        this.copies = List.copyOf(builder.copies);
        this.progress = builder.progress;
        this.askedAt = builder.askedAt;
        this.answerSoFar = builder.answerSoFar;
        this.modelByDefault = builder.modelByDefault;
        this.outputGcsUri = builder.outputGcsUri;
        this.exchangeId = builder.exchangeId;
    }

    /** A builder for a new request. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value of a parameter; empty when it is not set. */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> get(Parameter<T> parameter) {
        return Optional.ofNullable((T) values.get(parameter));
    }

    /** Whether the parameter is set. */
    public boolean has(Parameter<?> parameter) {
        return values.containsKey(parameter);
    }

    /** The value of a flag; false when it is not set. */
    public boolean is(Parameter<Boolean> flag) {
        return get(flag).orElse(false);
    }

    /**
     * The id of the model.
     *
     * @throws InvalidRequestException when it is not set
     */
    public String model() {
        return get(Parameter.MODEL)
                .filter(model -> !model.isBlank())
                .orElseThrow(() -> new InvalidRequestException("model is empty; set the option model"));
    }

    /**
     * Whether the model is the component's default, because neither route nor message names one. Then its successor may
     * replace it.
     */
    public boolean isModelByDefault() {
        return modelByDefault;
    }

    /** Where the service puts pictures in Cloud Storage, set by the route; empty to receive them in the answer. */
    public Optional<String> outputGcsUri() {
        return Optional.ofNullable(outputGcsUri);
    }

    /** The id of the exchange, for services that store one with a call; empty when there is none. */
    public Optional<String> exchangeId() {
        return Optional.ofNullable(exchangeId);
    }

    /** The prompt; may be empty. */
    public String prompt() {
        return get(Parameter.PROMPT).orElse("");
    }

    /** The reference images, in the order in which the model sees them. */
    public List<ReferenceImage> referenceImages() {
        return referenceImages;
    }

    /**
     * The earlier turns of the conversation, oldest first; may be empty. They are sent before prompt and reference
     * images. If the last one is a turn of the user, prompt and reference images may be missing.
     */
    public List<Turn> history() {
        return history;
    }

    /** Prompt and reference images as a turn of the user. */
    public Turn turn() {
        List<Turn.Part> parts = new ArrayList<>();
        parts.add(new Turn.Text(prompt()));
        referenceImages.forEach(image -> parts.add(new Turn.Picture(image)));
        return new Turn(Turn.Role.USER, parts);
    }

    /** Receives the progress of the call. */
    public ProgressListener progress() {
        return progress;
    }

    /** The {@link System#nanoTime} at which the time limit of the request began; empty if it begins with the call. */
    public OptionalLong askedAt() {
        return askedAt;
    }

    /** The same request, with a time limit that began at this {@link System#nanoTime}. Close either of both. */
    public ImageRequest askedAt(long nanoTime) {
        Builder builder = toBuilder();
        builder.askedAt = OptionalLong.of(nanoTime);
        return builder.build();
    }

    /** The backend's own data about an incomplete answer; null for a new request. */
    public Object answerSoFar() {
        return answerSoFar;
    }

    /**
     * The request for the rest of an answer. Close either of both.
     *
     * @param answerSoFar the backend's data about the answer; closed if the request is given up and it is {@link
     *     AutoCloseable}
     */
    public ImageRequest goingOn(Object answerSoFar) {
        Builder builder = toBuilder();
        builder.answerSoFar = answerSoFar;
        return builder.build();
    }

    /** The same request with a listener. Closing either closes both. */
    public ImageRequest tellingOf(ProgressListener listener) {
        Builder builder = toBuilder();
        builder.copies.addAll(copies);
        builder.progress = listener;
        return builder.build();
    }

    /** The same request. Close it instead of this one, so that the copies of the builder are discarded too. */
    ImageRequest owning(Builder elsewhere) {
        Builder builder = toBuilder();
        builder.copies.addAll(elsewhere.copies);
        return goingInto(builder);
    }

    /** A different request. Close it instead of this one. */
    ImageRequest goingInto(Builder other) {
        other.copies.addAll(copies);
        return other.build();
    }

    /** Whether the request only changes a conversation, and needs no answer. */
    public boolean onlyActsOnConversation() {
        return prompt().isBlank()
                && get(Parameter.CONVERSATION_ACTION)
                        .filter(action -> action != ConversationAction.CONTINUE)
                        .isPresent();
    }

    /**
     * Whether the history ends with a turn of the user and nothing is added to it, so that only the history is sent.
     */
    public boolean isCompleteByHistory() {
        return endsWithUser() && prompt().isBlank() && referenceImages.isEmpty();
    }

    boolean endsWithUser() {
        return !history.isEmpty() && history.get(history.size() - 1).role() == Turn.Role.USER;
    }

    /** The data without which the answer cannot be read or priced. */
    public Asked asked() {
        return new Asked(
                model(),
                get(Parameter.IMAGE_SIZE).orElse(null),
                (int) allImages().count(),
                get(Parameter.SERVICE_TIER).orElse(ServiceTier.STANDARD),
                false);
    }

    /** The requested file format of the pictures; empty to leave them unchanged. */
    public Optional<Encoding> encoding() {
        return get(Parameter.OUTPUT_FORMAT)
                .map(format ->
                        new Encoding(format, get(Parameter.OUTPUT_QUALITY).orElse(null)));
    }

    /** The parameters that the result repeats, by the names of their JSON fields. */
    public Map<String, Object> repeatedParameters() {
        return RepeatedParameters.of(this::get);
    }

    /** All pictures that are sent: those of the history, then the reference images. */
    public Stream<ReferenceImage> allImages() {
        return Stream.concat(history.stream().flatMap(Turn::images), referenceImages.stream());
    }

    /** The pictures that are sent, except those that the model made. */
    public Stream<ReferenceImage> imagesOfUser() {
        Stream<ReferenceImage> earlier =
                history.stream().filter(turn -> turn.role() == Turn.Role.USER).flatMap(Turn::images);
        return Stream.concat(earlier, referenceImages.stream());
    }

    /** The same request with other pictures in place of the user's. Pictures that the model made stay. */
    public ImageRequest withImages(UnaryOperator<ReferenceImage> change) {
        Builder builder = toBuilder();
        builder.referenceImages.replaceAll(change);
        builder.history.replaceAll(turn -> turn.role() == Turn.Role.USER ? turn.withImages(change) : turn);
        return builder.build();
    }

    /** The same request for another model. */
    public ImageRequest ofModel(String model) {
        return model.equals(model())
                ? this
                : toBuilder().set(Parameter.MODEL, model).build();
    }

    /**
     * The request for one of several pictures, each of which is a separate call. The seed increases with the number;
     * otherwise all pictures would be the same.
     *
     * @param number from 0
     */
    public ImageRequest ofPicture(int number) {
        return number == 0
                ? this
                : get(Parameter.SEED)
                        .map(seed ->
                                toBuilder().set(Parameter.SEED, seed + number).build())
                        .orElse(this);
    }

    /** A builder with the content of this request; the copies stay with this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.values.putAll(values);
        builder.referenceImages.addAll(referenceImages);
        builder.history.addAll(history);
        builder.progress = progress;
        builder.askedAt = askedAt;
        builder.answerSoFar = answerSoFar;
        builder.modelByDefault = modelByDefault;
        builder.outputGcsUri = outputGcsUri;
        builder.exchangeId = exchangeId;
        return builder;
    }

    /** Discards copies of streams that can be read only once, and downloaded pictures. Pictures of the message stay. */
    @Override
    public void close() {
        copies.forEach(Payload::discard);
    }

    /** Names the parameters that are set, never the prompt. */
    @Override
    public String toString() {
        return "ImageRequest[model=" + values.get(Parameter.MODEL) + ", parameters=" + values.keySet()
                + ", referenceImages=" + referenceImages.size() + ", history=" + history.size() + "]";
    }

    /** Builds a request. */
    public static final class Builder {

        private final Map<Parameter<?>, Object> values = new IdentityHashMap<>();
        private final List<ReferenceImage> referenceImages = new ArrayList<>();
        private final List<Turn> history = new ArrayList<>();
        private final List<Payload> copies = new ArrayList<>();
        private ProgressListener progress = ProgressListener.NONE;
        private OptionalLong askedAt = OptionalLong.empty();
        private Object answerSoFar;
        private boolean modelByDefault;
        private String outputGcsUri;
        private String exchangeId;

        private final long begun = System.nanoTime();
        private long broughtBytes;

        private Builder() {}

        /** When the reading of the message began, by {@link System#nanoTime()}. */
        long begun() {
            return begun;
        }

        /** Counts bytes of the message; returns the sum so far. */
        long bring(long count) {
            broughtBytes += count;
            return broughtBytes;
        }

        /** Sets a parameter; null removes it. */
        public <T> Builder set(Parameter<T> parameter, T value) {
            if (value == null) {
                values.remove(parameter);
            } else {
                values.put(parameter, value);
            }
            modelByDefault &= parameter != Parameter.MODEL;
            return this;
        }

        /**
         * Makes the service put pictures below a {@code gs://} URI instead of sending them. Not a parameter, because
         * only a route may set it.
         */
        public Builder outputGcsUri(String prefix) {
            outputGcsUri = prefix;
            return this;
        }

        /** Sets the id of the exchange. */
        public Builder exchangeId(String id) {
            exchangeId = id;
            return this;
        }

        /** Marks the model as the component's default, which neither route nor message has chosen. */
        public Builder modelByDefault() {
            modelByDefault = true;
            return this;
        }

        /**
         * Sets a parameter from a value in any accepted form.
         *
         * @param source where the value came from, for the error
         * @throws InvalidRequestException when the value cannot be read or is out of range
         */
        public <T> Builder read(Parameter<T> parameter, Object value, String source) {
            return set(parameter, parameter.read(value, source));
        }

        /** Adds a reference image after those that are there. */
        public Builder addReferenceImage(ReferenceImage image) {
            referenceImages.add(image);
            return this;
        }

        /** The reference images so far. */
        List<ReferenceImage> referenceImages() {
            return List.copyOf(referenceImages);
        }

        void replaceImages(UnaryOperator<ReferenceImage> change) {
            referenceImages.replaceAll(change);
        }

        /** Adds a turn to the end of the history. */
        public Builder addTurn(Turn turn) {
            history.add(turn);
            return this;
        }

        /** Sets the history, oldest turn first. */
        public Builder history(List<Turn> turns) {
            history.clear();
            history.addAll(turns);
            return this;
        }

        /** The current value of a parameter, or empty. */
        @SuppressWarnings("unchecked")
        public <T> Optional<T> get(Parameter<T> parameter) {
            return Optional.ofNullable((T) values.get(parameter));
        }

        /**
         * Adds a copy of a stream that can be read only once, to be discarded with the request. Thread-safe, because
         * several threads download pictures.
         */
        synchronized Payload own(Payload copy) {
            copies.add(copy);
            return copy;
        }

        /** Adds the payloads of a JSON tree, to be discarded with the request. */
        void own(JsonNode tree) {
            copies.addAll(ResponseJson.payloads(tree));
        }

        /** Adds the parameters, pictures and turns of another request. That request keeps its copies. */
        void add(ImageRequest other) {
            values.putAll(other.values);
            modelByDefault &= !other.has(Parameter.MODEL);
            referenceImages.addAll(other.referenceImages);
            history.addAll(other.history);
        }

        /** Discards all copies, if no request is built. */
        synchronized void discard() {
            copies.forEach(Payload::discard);
            copies.clear();
        }

        /** Builds the request. */
        public ImageRequest build() {
            return new ImageRequest(this);
        }
    }
}

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

    public static Builder builder() {
        return new Builder();
    }

    /** The value of a parameter; empty when it is not set. */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> get(Parameter<T> parameter) {
        return Optional.ofNullable((T) values.get(parameter));
    }

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

    /** By {@link System#nanoTime}, when the time that it may take began; empty for when it is asked. */
    public OptionalLong askedAt() {
        return askedAt;
    }

    /** The same request, whose time began at this {@link System#nanoTime}; to be closed as before. */
    public ImageRequest askedAt(long nanoTime) {
        Builder builder = toBuilder();
        builder.askedAt = OptionalLong.of(nanoTime);
        return builder.build();
    }

    /** What the backend has of an answer that is not complete, of its own making; null for one that has not begun. */
    public Object answerSoFar() {
        return answerSoFar;
    }

    /**
     * Asks for the rest of an answer; to be closed as before.
     *
     * @param answerSoFar what the backend needs for that, closed when it is given up if it is {@link AutoCloseable}
     */
    public ImageRequest goingOn(Object answerSoFar) {
        Builder builder = toBuilder();
        builder.answerSoFar = answerSoFar;
        return builder.build();
    }

    /** The same request, of which somebody is told; closing either closes both. */
    public ImageRequest tellingOf(ProgressListener listener) {
        Builder builder = toBuilder();
        builder.copies.addAll(copies);
        builder.progress = listener;
        return builder.build();
    }

    /** The same request, to be closed in its place, which discards what was copied elsewhere too. */
    ImageRequest owning(Builder elsewhere) {
        Builder builder = toBuilder();
        builder.copies.addAll(elsewhere.copies);
        return goingInto(builder);
    }

    /** Another request, to be closed in place of this one. */
    ImageRequest goingInto(Builder other) {
        other.copies.addAll(copies);
        return other.build();
    }

    /** Whether it takes back something of a conversation and asks for nothing. */
    public boolean onlyActsOnConversation() {
        return prompt().isBlank()
                && get(Parameter.CONVERSATION_ACTION)
                        .filter(action -> action != ConversationAction.CONTINUE)
                        .isPresent();
    }

    /** Whether the conversation so far ends with a turn of the user, and nothing is added to it: it is all that is sent. */
    public boolean isCompleteByHistory() {
        return endsWithUser() && prompt().isBlank() && referenceImages.isEmpty();
    }

    boolean endsWithUser() {
        return !history.isEmpty() && history.get(history.size() - 1).role() == Turn.Role.USER;
    }

    /** What an answer cannot be understood or priced without. */
    public Asked asked() {
        return new Asked(
                model(),
                get(Parameter.IMAGE_SIZE).orElse(null),
                (int) allImages().count(),
                get(Parameter.SERVICE_TIER).orElse(ServiceTier.STANDARD),
                false);
    }

    /** How its pictures are to be written; empty when they are taken as they come. */
    public Optional<Encoding> encoding() {
        return get(Parameter.OUTPUT_FORMAT)
                .map(format ->
                        new Encoding(format, get(Parameter.OUTPUT_QUALITY).orElse(null)));
    }

    /** The parameters that its result tells again, by the names of their fields, as JSON has them. */
    public Map<String, Object> repeatedParameters() {
        return RepeatedParameters.of(this::get);
    }

    /** Every picture that is sent: those of the conversation so far, then the reference pictures. */
    public Stream<ReferenceImage> allImages() {
        return Stream.concat(history.stream().flatMap(Turn::images), referenceImages.stream());
    }

    /** The pictures that are sent, without those that the model drew. */
    public Stream<ReferenceImage> imagesOfUser() {
        Stream<ReferenceImage> earlier =
                history.stream().filter(turn -> turn.role() == Turn.Role.USER).flatMap(Turn::images);
        return Stream.concat(earlier, referenceImages.stream());
    }

    /** The same with other pictures in place of those that the user sends; what the model drew stays. */
    public ImageRequest withImages(UnaryOperator<ReferenceImage> change) {
        Builder builder = toBuilder();
        builder.referenceImages.replaceAll(change);
        builder.history.replaceAll(turn -> turn.role() == Turn.Role.USER ? turn.withImages(change) : turn);
        return builder.build();
    }

    /** The same, asked of another model. */
    public ImageRequest ofModel(String model) {
        return model.equals(model())
                ? this
                : toBuilder().set(Parameter.MODEL, model).build();
    }

    /**
     * The same for one of several pictures, each of which is a call of its own. The seed counts up with them, or all would be
     * the same picture.
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

    /** Discards the copies that were made of one-shot sources and what was fetched; pictures that the message has stay. */
    @Override
    public void close() {
        copies.forEach(Payload::discard);
    }

    /** Names what is set, never the prompt, which is the sender's. */
    @Override
    public String toString() {
        return "ImageRequest[model=" + values.get(Parameter.MODEL) + ", parameters=" + values.keySet()
                + ", referenceImages=" + referenceImages.size() + ", history=" + history.size() + "]";
    }

    /** Collects a request. */
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

        /** Counts bytes that the message brings; returns how many they are so far. */
        long bring(long count) {
            broughtBytes += count;
            return broughtBytes;
        }

        /** Sets a parameter; null takes it back. */
        public <T> Builder set(Parameter<T> parameter, T value) {
            if (value == null) {
                values.remove(parameter);
            } else {
                values.put(parameter, value);
            }
            modelByDefault &= parameter != Parameter.MODEL;
            return this;
        }

        /** Has pictures put below a {@code gs://} URI instead of sent. Of the route alone, so no parameter. */
        public Builder outputGcsUri(String prefix) {
            outputGcsUri = prefix;
            return this;
        }

        /** Says which exchange asks. */
        public Builder exchangeId(String id) {
            exchangeId = id;
            return this;
        }

        /** Says that the model set so far is nobody's choice. */
        public Builder modelByDefault() {
            modelByDefault = true;
            return this;
        }

        /**
         * Sets a parameter from a value of any understood form.
         *
         * @param source where the value came from, named in the error
         * @throws InvalidRequestException when the value cannot be read or is out of range
         */
        public <T> Builder read(Parameter<T> parameter, Object value, String source) {
            return set(parameter, parameter.read(value, source));
        }

        public Builder addReferenceImage(ReferenceImage image) {
            referenceImages.add(image);
            return this;
        }

        /** The reference pictures so far. */
        List<ReferenceImage> referenceImages() {
            return List.copyOf(referenceImages);
        }

        void replaceImages(UnaryOperator<ReferenceImage> change) {
            referenceImages.replaceAll(change);
        }

        /** Adds what was said before, after the turns that are there. */
        public Builder addTurn(Turn turn) {
            history.add(turn);
            return this;
        }

        /** Sets all that was said before, oldest first. */
        public Builder history(List<Turn> turns) {
            history.clear();
            history.addAll(turns);
            return this;
        }

        /** The value of a parameter so far, or empty. */
        @SuppressWarnings("unchecked")
        public <T> Optional<T> get(Parameter<T> parameter) {
            return Optional.ofNullable((T) values.get(parameter));
        }

        /** Adds a copy of a one-shot source, discarded with the request. Pictures are fetched on several threads. */
        synchronized Payload own(Payload copy) {
            copies.add(copy);
            return copy;
        }

        /** Adds the payloads of a JSON tree, likewise. */
        void own(JsonNode tree) {
            copies.addAll(ResponseJson.payloads(tree));
        }

        /** Takes over what another request sets, and adds its pictures and turns; its copies stay its own. */
        void add(ImageRequest other) {
            values.putAll(other.values);
            modelByDefault &= !other.has(Parameter.MODEL);
            referenceImages.addAll(other.referenceImages);
            history.addAll(other.history);
        }

        /** Discards what was collected, when it comes to no request. */
        synchronized void discard() {
            copies.forEach(Payload::discard);
            copies.clear();
        }

        public ImageRequest build() {
            return new ImageRequest(this);
        }
    }
}

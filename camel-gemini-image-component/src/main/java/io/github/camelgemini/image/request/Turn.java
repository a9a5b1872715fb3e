package io.github.camelgemini.image.request;

import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What one side said in a conversation. The model gets all turns before the current request.
 *
 * <p>A turn of the model is sent back unchanged, because Gemini 3 refuses its own picture without its thought
 * signature. Pictures that the model did not make belong into a turn of the user.
 *
 * @param role who said it
 * @param parts in order
 */
public record Turn(Role role, List<Part> parts) {

    /** Copies the list. */
    public Turn {
        Objects.requireNonNull(role);
        parts = List.copyOf(parts);
    }

    /** The pictures and signatures that are payloads. */
    public Stream<Payload> payloads() {
        Stream<PayloadSource> pictures = images().filter(ReferenceImage.Inline.class::isInstance)
                .map(image -> ((ReferenceImage.Inline) image).source());
        return Stream.concat(pictures, parts.stream().map(Part::thoughtSignature))
                .filter(Payload.class::isInstance)
                .map(Payload.class::cast);
    }

    /** The pictures, in order. */
    public Stream<ReferenceImage> images() {
        return parts.stream().filter(Picture.class::isInstance).map(part -> ((Picture) part).image());
    }

    Turn withImages(UnaryOperator<ReferenceImage> change) {
        return new Turn(
                role,
                parts.stream()
                        .map(part -> part instanceof Picture picture
                                ? new Picture(change.apply(picture.image()), part.thought(), part.thoughtSignature())
                                : part)
                        .toList());
    }

    /** The author of a turn. */
    public enum Role {
        /** The user. */
        USER,
        /** The model. */
        MODEL
    }

    /**
     * One text or one picture. The parts of a turn must not be joined or reordered, because signatures belong to parts.
     */
    public sealed interface Part {

        /** Whether the part is a thought. Thoughts need not be sent back. */
        boolean thought();

        /** The decoded thought signature of the part; null when it has none. */
        PayloadSource thoughtSignature();
    }

    /** A text; may be empty when it only carries a signature. */
    public record Text(String text, boolean thought, PayloadSource thoughtSignature) implements Part {

        public Text {
            Objects.requireNonNull(text);
        }

        /** A text without a signature, as users send it. */
        public Text(String text) {
            this(text, false, null);
        }

        /** Contains the length of the text, never the text. */
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /** A picture, with its bytes or by URI. */
    public record Picture(ReferenceImage image, boolean thought, PayloadSource thoughtSignature) implements Part {

        public Picture {
            Objects.requireNonNull(image);
        }

        /** A picture without a signature, as users send it. */
        public Picture(ReferenceImage image) {
            this(image, false, null);
        }
    }
}

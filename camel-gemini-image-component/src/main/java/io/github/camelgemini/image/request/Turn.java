package io.github.camelgemini.image.request;

import io.github.camelgemini.image.payload.Payload;
import io.github.camelgemini.image.payload.PayloadSource;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What one side said in a conversation, sent to the model before what is asked now.
 *
 * <p>A turn of the model goes back as it came, because Gemini 3 refuses a picture of its own without the thought signature
 * that it issued for it. Pictures that the model did not draw belong into a turn of the user.
 *
 * @param role who said it
 * @param parts what was said, in order
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

    /** Who speaks. */
    public enum Role {
        USER,
        MODEL
    }

    /** One text or one picture. Neither texts nor pictures of a turn may be joined or reordered: signatures belong to parts. */
    public sealed interface Part {

        /** Whether the model only thought it; such parts need not be sent back. */
        boolean thought();

        /** What the model signed the part with, decoded; null when it did not. */
        PayloadSource thoughtSignature();
    }

    /** Words; may be empty when they only carry a signature. */
    public record Text(String text, boolean thought, PayloadSource thoughtSignature) implements Part {

        public Text {
            Objects.requireNonNull(text);
        }

        /** Words without a signature, as users say them. */
        public Text(String text) {
            this(text, false, null);
        }

        /** Says how long it is, never what it says. */
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /** A picture, here or where the API fetches it. */
    public record Picture(ReferenceImage image, boolean thought, PayloadSource thoughtSignature) implements Part {

        public Picture {
            Objects.requireNonNull(image);
        }

        /** A picture without a signature, as users send them. */
        public Picture(ReferenceImage image) {
            this(image, false, null);
        }
    }
}

package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.model.Pixels;
import io.github.camelgemini.emulator.picture.EncodedPicture;
import io.github.camelgemini.emulator.wire.Base64Style;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** What is made of one accepted request. The defaults are those of a model that does as it is told. */
final class Generation {

    /** What {@link #pictureBytes} is when nobody changed it. */
    static final long USUAL = -1;

    /** In what form a picture is in the answer. */
    enum Form {
        INLINE,
        FILE_DATA,
        URL,
        MARKDOWN
    }

    /** Why the prompt is refused; null when it is not. */
    String blockReason;
    /** Why the model stopped. */
    String finishReason = "STOP";
    /** Its explanation; null for none. */
    String finishMessage;
    /** Whether the candidate has parts. */
    boolean parts = true;
    /** When there are no parts: whether the content is there all the same, empty. */
    boolean emptyContent;
    /** Pictures in the answer. */
    int pictures = 1;
    /** How often the answer ends with a continuation. */
    int continuations;
    /** In which call of a continued answer the pictures are, from 1; 0 for none. */
    int pictureIn;
    /** See {@link Form}. */
    Form form = Form.INLINE;
    /** The address of pictures that are not inline; null for one of the emulator. */
    String pictureUrl;
    /** The text beside the pictures; null for the model's own. */
    String text;
    /** Characters of a text part of its own that is streamed; 0 for none. */
    long longText;
    /** Text parts of one letter each. */
    int manyParts;
    /** Interim pictures, even if the request does not ask for them. */
    boolean thoughts;
    /** Field names in snake_case. */
    boolean snakeCase;
    /** The MIME type that is declared; null for the true one. */
    String declaredMimeType;
    /** Each picture is padded to so many bytes; {@link #USUAL} for the weight of a real one. */
    long pictureBytes = USUAL;
    /** The size that is drawn; null for the one that was asked for. */
    Pixels pixels;
    /** How picture bytes are written. */
    Base64Style base64 = Base64Style.STANDARD;
    /** {@code data} comes before {@code mimeType}. */
    boolean dataFirst;
    /** Bytes of each thought signature; 0 for the usual. */
    int signatureBytes;
    /** How long an uploaded file cannot be used. */
    Duration fileProcessing = Duration.ZERO;
    /** An uploaded file can never be used. */
    boolean fileFailed;
    /** A stream ends with an error after its first chunk. */
    boolean midStreamError;

    /** The picture as heavy as it is to be, but for padding behind its end. */
    List<ByteBuffer> bytes(EncodedPicture picture) {
        return pictureBytes == USUAL ? picture.heavy() : picture.light();
    }
}

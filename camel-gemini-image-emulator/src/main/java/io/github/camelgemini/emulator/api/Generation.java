package io.github.camelgemini.emulator.api;

import io.github.camelgemini.emulator.model.Pixels;
import io.github.camelgemini.emulator.picture.EncodedPicture;
import io.github.camelgemini.emulator.wire.Base64Style;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** What is made of one accepted request. The defaults are those of a model that does as it is told. */
public final class Generation {

    /** What {@link #pictureBytes} is when nobody changed it. */
    public static final long USUAL = -1;

    /** In what form a picture is in the answer; which of them is usual depends on the service. */
    public enum Form {
        /** Its bytes. */
        INLINE,
        /** Its address, as a file. */
        FILE_DATA,
        /** Its address, as a text. */
        URL,
        /** Its address, as a picture of Markdown within a text. */
        MARKDOWN
    }

    /** Whether a fault was scripted for it. */
    public boolean scripted;
    /** Why the prompt is refused; null when it is not. */
    public String blockReason;
    /** Why the model stopped. */
    public String finishReason = "STOP";
    /** Its explanation; null for none. */
    public String finishMessage;
    /** Whether the candidate has parts. */
    public boolean parts = true;
    /** When there are no parts: whether the content is there all the same, empty. */
    public boolean emptyContent;
    /** Pictures in the answer. */
    public int pictures = 1;
    /** How often the answer ends with a continuation. */
    public int continuations;
    /** In which call of a continued answer the pictures are, from 1; 0 for none. */
    public int pictureIn;
    /** See {@link Form}; null for that which is usual at the service. */
    public Form form;
    /** The address of pictures that are not inline; null for one of the emulator. */
    public String pictureUrl;
    /** The text beside the pictures; null for the model's own. */
    public String text;
    /** Characters of a text part of its own that is streamed; 0 for none. */
    public long longText;
    /** Text parts of one letter each. */
    public int manyParts;
    /** Interim pictures, even if the request does not ask for them. */
    public boolean thoughts;
    /** Field names in snake_case, all of them. */
    public boolean snakeCase;
    /** Field names in camelCase also where the service has others. */
    public boolean camelCase;
    /** Errors have their status as a number also where the service has a text. */
    public boolean numericStatusCode;
    /** Whether the key may stream. */
    public boolean streaming = true;
    /** The MIME type that is declared; null for the true one. */
    public String declaredMimeType;
    /** Each picture is padded to so many bytes; {@link #USUAL} for the weight of a real one. */
    public long pictureBytes = USUAL;
    /** The size that is drawn; null for the one that was asked for. */
    public Pixels pixels;
    /** How picture bytes are written. */
    public Base64Style base64 = Base64Style.STANDARD;
    /** {@code data} comes before {@code mimeType}. */
    public boolean dataFirst;
    /** Bytes of each thought signature; 0 for the usual. */
    public int signatureBytes;
    /** How long an uploaded file cannot be used. */
    public Duration fileProcessing = Duration.ZERO;
    /** An uploaded file can never be used. */
    public boolean fileFailed;
    /** A stream ends with an error after its first chunk. */
    public boolean midStreamError;

    /** What is particular to services that draw later. */
    public final Queueing queue = new Queueing();

    /** In what form a picture is in an answer of a service where this one is usual. */
    public Form formOr(Form usual) {
        return form == null ? usual : form;
    }

    /** The picture as heavy as it is to be, but for padding behind its end. */
    public List<ByteBuffer> bytes(EncodedPicture picture) {
        return pictureBytes == USUAL ? picture.heavy() : picture.light();
    }
}

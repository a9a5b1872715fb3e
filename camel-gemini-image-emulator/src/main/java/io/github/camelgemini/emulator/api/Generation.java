package io.github.camelgemini.emulator.api;

import io.github.camelgemini.emulator.model.Pixels;
import io.github.camelgemini.emulator.picture.EncodedPicture;
import io.github.camelgemini.emulator.wire.Base64Style;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** How a valid request is answered. The defaults are those of a normal model. */
public final class Generation {

    /** The default of {@link #pictureBytes}. */
    public static final long USUAL = -1;

    /** The form of a picture in the answer. The default depends on the service. */
    public enum Form {
        /** The bytes. */
        INLINE,
        /** A URL, as a file. */
        FILE_DATA,
        /** A URL, as text. */
        URL,
        /** A URL, as a Markdown image in a text. */
        MARKDOWN
    }

    /** Whether a fault was scripted. */
    public boolean scripted;
    /** The block reason of the prompt; null for none. */
    public String blockReason;
    /** The finish reason. */
    public String finishReason = "STOP";
    /** The finish message; null for none. */
    public String finishMessage;
    /** Whether the candidate has parts. */
    public boolean parts = true;
    /** Without parts: whether there is an empty content. */
    public boolean emptyContent;
    /** The number of pictures. */
    public int pictures = 1;
    /** How many times the answer ends with a continuation. */
    public int continuations;
    /** The call of a continued answer that contains the pictures, from 1; 0 for none. */
    public int pictureIn;
    /** The form of pictures; null for the service's default. */
    public Form form;
    /** The URL of pictures that are not inline; null for one on the emulator. */
    public String pictureUrl;
    /** The text beside the pictures; null for the default. */
    public String text;
    /** The length of an additional streamed text, in characters; 0 for none. */
    public long longText;
    /** The number of additional text parts with one letter. */
    public int manyParts;
    /** Interim pictures, even if the request does not ask for them. */
    public boolean thoughts;
    /** Whether all field names are in snake_case. */
    public boolean snakeCase;
    /** Whether field names are in camelCase even where the service has others. */
    public boolean camelCase;
    /** Whether errors have their status as a number even where the service has a string. */
    public boolean numericStatusCode;
    /** Whether the key has permission to stream. */
    public boolean streaming = true;
    /** The declared MIME type; null for the true one. */
    public String declaredMimeType;
    /** The size to which each picture is padded, in bytes; {@link #USUAL} for that of a real one. */
    public long pictureBytes = USUAL;
    /** The size of the pictures; null for the requested one. */
    public Pixels pixels;
    /** The format of Base64. */
    public Base64Style base64 = Base64Style.STANDARD;
    /** Whether {@code data} comes before {@code mimeType}. */
    public boolean dataFirst;
    /** The size of each thought signature in bytes; 0 for the default. */
    public int signatureBytes;
    /** How long an uploaded file is being processed. */
    public Duration fileProcessing = Duration.ZERO;
    /** Whether the processing of an uploaded file fails. */
    public boolean fileFailed;
    /** Whether a stream ends with an error after its first chunk. */
    public boolean midStreamError;

    /** Settings for services with a queue, and for batches. */
    public final Queueing queue = new Queueing();

    /** The form of pictures, with this default. */
    public Form formOr(Form usual) {
        return form == null ? usual : form;
    }

    /** The bytes of a picture, without the padding after its end. */
    public List<ByteBuffer> bytes(EncodedPicture picture) {
        return pictureBytes == USUAL ? picture.heavy() : picture.light();
    }
}

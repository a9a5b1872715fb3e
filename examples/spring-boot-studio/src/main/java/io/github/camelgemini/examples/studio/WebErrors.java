package io.github.camelgemini.examples.studio;

import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** Turns errors before a route into the same messages that routes answer with. */
@RestControllerAdvice
class WebErrors {

    private final MultipartProperties limits;

    WebErrors(MultipartProperties limits) {
        this.limits = limits;
    }

    @ExceptionHandler
    ResponseEntity<?> refused(RefusedException e) {
        return answer(e.status(), e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<?> tooLarge(MaxUploadSizeExceededException e) {
        return answer(
                HttpStatus.PAYLOAD_TOO_LARGE,
                "The upload is too large. The limits are " + megabytes(limits.getMaxFileSize()) + " for a picture and "
                        + megabytes(limits.getMaxRequestSize()) + " for all of them.");
    }

    @ExceptionHandler
    ResponseEntity<?> unreadable(MultipartException e) {
        return answer(HttpStatus.BAD_REQUEST, "The form cannot be read: it is broken, or has too many parts.");
    }

    @ExceptionHandler
    ResponseEntity<?> unsupported(HttpMediaTypeNotSupportedException e) {
        return answer(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "Send JSON to /api/pictures, and a multipart form with pictures to /api/edits.");
    }

    private static ResponseEntity<?> answer(HttpStatus status, String sentence) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Refusal(sentence));
    }

    private static String megabytes(DataSize size) {
        return size.toMegabytes() + " MB";
    }
}

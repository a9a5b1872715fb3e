package io.github.camelgemini.image.backend.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.image.error.ErrorResponse;
import io.github.camelgemini.image.error.GeminiImageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleErrorTest {

    private static GeminiImageException read(int status, String body, String retryAfter) {
        return GoogleError.toException(
                ErrorResponse.read(status, body, retryAfter),
                GoogleError.context(Surface.DEVELOPER).forModel("m", null));
    }

    /** What FAILED_PRECONDITION and 403 are about is only in their words. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            400 | FAILED_PRECONDITION | 'User location is not supported for the API use.'                                | AuthenticationException
            400 | FAILED_PRECONDITION | 'Gemini API free tier is not available in your country. Please enable billing.'  | AuthenticationException
            400 | FAILED_PRECONDITION | 'The File cat is not in an ACTIVE state and usage is not allowed.'               | ReferenceImageException
            400 | FAILED_PRECONDITION | 'Precondition check failed.'                                                     | InvalidRequestException
            403 | PERMISSION_DENIED   | 'You do not have permission to access the File cat or it may not exist.'         | ReferenceImageException
            403 | PERMISSION_DENIED   | 'service-1@x.iam.gserviceaccount.com does not have storage.objects.get access to the Google Cloud Storage object.' | ReferenceImageException
            403 | PERMISSION_DENIED   | 'Permission denied on gs://other/x.png'                                          | ReferenceImageException
            403 | PERMISSION_DENIED   | 'x does not have storage.objects.create access to the bucket.'                   | AuthenticationException
            403 | PERMISSION_DENIED   | 'The caller does not have permission'                                            | AuthenticationException
            """)
    void wordsDecideWhereTheStatusSaysLittle(int status, String word, String message, String type) {
        GeminiImageException failure =
                read(status, "{\"error\":{\"message\":\"%s\",\"status\":\"%s\"}}".formatted(message, word), null);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure).hasMessageContaining(message);
        assertThat(failure.getHttpStatus()).isEqualTo(status);
    }
}

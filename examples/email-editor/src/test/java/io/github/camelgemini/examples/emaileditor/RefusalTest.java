package io.github.camelgemini.examples.emaileditor;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource({"550, true", "552, true", "451, false", "421, false"})
    void codeOfFiveHundredAndMoreIsFinal(int code, boolean isFinal) throws Exception {
        MessagingException refused =
                new SMTPAddressFailedException(new InternetAddress("anna@people.example"), "RCPT", code, "no");

        assertThat(Refusal.isFinal(new SendFailedException("Invalid Addresses", refused)))
                .isEqualTo(isFinal);
    }
}

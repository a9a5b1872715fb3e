package io.github.camelgemini.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.RequestMatcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What headers say of the bytes that came in is not said of those that go out. */
class HeadersOfTheSourceTest {

    private static final byte[] PNG = Pictures.draw("png", 30, 20);

    /** Components whose messages are the bytes of a file, an object or a request, as Camel's catalog names them. */
    private static final List<String> SOURCES = List.of(
            "aws2-s3",
            "ibm-cos",
            "minio",
            "google-storage",
            "azure-storage-blob",
            "azure-storage-datalake",
            "azure-files",
            "hwcloud-obs",
            "spring-rabbitmq",
            "azure-servicebus",
            "file",
            "ftp",
            "sftp",
            "smb",
            "http",
            "vertx-http",
            "netty-http",
            "undertow",
            "imap",
            "aws2-sqs",
            "rocketmq");

    private static final Pattern OF_BYTES = Pattern.compile(
            ".*((?i:content-?(length|encoding|md5|type)|filelength|checksum|blobsize|filesize|blobuploadsize)"
                    + "|ETag|Crc32cHex|MD5OfBody|BodyCrc|StoreSize|CharacterEncoding)");

    @RegisterExtension
    final EmulatedRoutes routes = new EmulatedRoutes();

    static Stream<String> headersOfBytes() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        Stream<String> ofComponents = SOURCES.stream()
                .flatMap(component -> catalog.componentModel(component).getEndpointHeaders().stream())
                .map(BaseOptionModel::getName)
                .filter(name -> OF_BYTES.matcher(name).matches())
                // Settings for a producer, whatever it is given.
                .filter(name -> !name.equals("CamelAzureStorageBlobPageBlobSize"));
        return Stream.concat(
                        ofComponents,
                        Stream.of(
                                "CamelAzureStorageBlobHttpHeaders",
                                "CamelAzureStorageDataLakePathHttpHeaders",
                                "Content-Length",
                                "content-encoding",
                                "Transfer-Encoding",
                                "Content-Transfer-Encoding",
                                "Content-MD5",
                                "Content-Range",
                                "Content-Digest",
                                "Repr-Digest",
                                "Digest",
                                "ETag",
                                "x-goog-hash",
                                "x-goog-stored-content-length",
                                "x-amz-checksum-crc32",
                                "x-ms-blob-content-md5",
                                "CamelCloudEventDataContentType",
                                "contentType"))
                .distinct();
    }

    private Message answered(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = routes.send(uri, body, headers);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage();
    }

    @ParameterizedTest
    @MethodSource("headersOfBytes")
    void headerThatDescribesTheBytesIsRemovedOrTellsTheNewType(String header) {
        Object[][] answers = {
            {"gemini-image:edit?prompt=brighter", "image/jpeg"},
            {"gemini-image:edit?prompt=brighter&output=json", "application/json"},
            {"gemini-image:edit?prompt=brighter&numImages=2", null},
            {"gemini-image:countTokens?prompt=brighter", null}
        };
        for (Object[] answer : answers) {
            Object left =
                    answered((String) answer[0], PNG, Map.of(header, "4711")).getHeader(header);

            assertThat(left).as((String) answer[0]).isIn(null, answer[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelAwsS3ContentType",
                "CamelMinioContentType",
                "CamelGoogleCloudStorageContentType",
                "CamelAzureStorageBlobContentType",
                "CamelFileContentType",
                "Content-Type",
                "contentType"
            })
    void typeOfAStoreBecomesThatOfThePicture(String header) {
        assertThat(answered("gemini-image:edit?prompt=brighter", PNG, Map.of(header, "image/png"))
                        .getHeader(header))
                .isEqualTo("image/jpeg");
    }

    @ParameterizedTest
    @CsvSource({
        "aws2-s3, CamelAwsS3ContentType",
        "google-storage, CamelGoogleCloudStorageContentType",
        "ibm-cos, CamelIBMCOSContentType",
        "minio, CamelMinioContentType"
    })
    void storeThatTheContextHasIsToldTheTypeInItsOwnHeader(String store, String header) {
        assertThat(new DefaultCamelCatalog().componentModel(store).getEndpointHeaders())
                .extracting(BaseOptionModel::getName)
                .contains(header);
        assertThat(answered("gemini-image:generate?prompt=cat", null, Map.of()).getHeaders())
                .doesNotContainKey(header);

        routes.context().addComponent(store, new DirectComponent());

        assertThat(answered("gemini-image:generate?prompt=cat", null, Map.of()).getHeader(header))
                .isEqualTo("image/jpeg");
    }

    @Test
    void noPictureHasNoTypeAndNoLength() {
        routes.emulator().on(RequestMatcher.any()).answer(Fault.promptBlocked("SAFETY"));
        Message message = answered(
                "gemini-image:edit?prompt=brighter&failOnBlocked=false",
                PNG,
                Map.of(
                        "Content-Type",
                        "image/png",
                        "CamelAwsS3ContentType",
                        "image/png",
                        "CamelAwsS3ContentLength",
                        5));

        assertThat(message.getBody()).isNull();
        assertThat(message.getHeaders())
                .doesNotContainKeys("Content-Type", "CamelAwsS3ContentType", "CamelAwsS3ContentLength");
    }

    @Test
    void keysNamesAndWhatElseTheRouteSaysStay() {
        Map<String, Object> headers = new HashMap<>(Map.of(
                "CamelAwsS3Key", "in/photo.png",
                "CamelAwsS3BucketName", "pictures",
                "CamelAwsS3StorageClass", "STANDARD",
                "CamelAzureStorageBlobBlobName", "photo.png",
                "CamelAwsBedrockContentType", "application/json",
                "CamelFileAbsolutePath", "/in/photo.png",
                "CamelKafkaKey", "4711",
                "Subject", "A photograph",
                "X-Content-Type-Options", "nosniff"));
        headers.put("X-Length", 5);
        Message message = answered("gemini-image:edit?prompt=brighter", PNG, headers);

        assertThat(message.getHeaders()).containsAllEntriesOf(headers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            attachment; filename="photo.png"; size=5197            | attachment; filename="photo.jpg"
            attachment; size=5197; filename=photo.png              | attachment; filename=photo.jpg
            inline; filename*=UTF-8''Stra%C3%9Fe.png               | inline; filename*=UTF-8''Stra%C3%9Fe.jpg
            form-data; name="file"; filename="a; b.png"            | form-data; name="file"; filename="a; b.jpg"
            attachment                                             | attachment
            """)
    void dispositionKeepsTheNameAndLosesTheSize(String came, String goes) {
        for (String header : List.of("Content-Disposition", "CamelAwsS3ContentDisposition")) {
            assertThat(answered("gemini-image:edit?prompt=brighter", PNG, Map.of(header, came))
                            .getHeader(header))
                    .isEqualTo(goes);
        }
    }

    @Test
    void charsetOfThePromptIsNotThatOfTheAnswer() {
        Message message =
                answered("gemini-image:generate?output=json", "a cat", Map.of(Exchange.CHARSET_NAME, "UTF-16"));

        assertThat(message.getHeader(Exchange.CHARSET_NAME)).isNull();
    }
}

package io.github.camelgemini.image.result;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Updates the headers that describe the body: length, type, encoding, checksum. Many components set them, and they are
 * wrong for a replaced body. Producers use them: {@code aws2-s3} stores as many bytes as {@code
 * CamelAwsS3ContentLength} says. Headers with names and keys stay.
 *
 * <p>The names are those of Camel's catalog, of HTTP and of mail.
 */
final class ContentHeaders {

    private static final String OF_STORES =
            "Camel(AwsS3|IBMCOS|Minio|GoogleCloudStorage|AzureStorageBlob|AzureStorageDataLake|AzureFiles|HwCloudObs)";

    /** Headers that get the new type, if they are present. */
    private static final Pattern TYPE = ignoringCase(OF_STORES + "ContentType"
            + "|Camel(File|SpringRabbitmq|AzureServiceBus)ContentType"
            + "|CamelCloudEventDataContentType|ce[-_]datacontenttype"
            // camel-mail uses this header before Content-Type.
            + "|contentType");

    /**
     * For each component, the header without which it stores bytes without a type. Stores whose header is an object of
     * their own library, such as Azure's, are not included.
     */
    private static final Map<String, String> TYPE_FOR_STORE = Map.of(
            "aws2-s3", "CamelAwsS3ContentType",
            "google-storage", "CamelGoogleCloudStorageContentType",
            "ibm-cos", "CamelIBMCOSContentType",
            "minio", "CamelMinioContentType");

    private static final Pattern DISPOSITION = ignoringCase("(" + OF_STORES + "Content|Content-)Disposition");

    /** Headers that would be wrong for the new body, and are not needed. */
    private static final Pattern STALE =
            ignoringCase(OF_STORES + "(Content(Length|MD5|Encoding|Crc64)|ETag|Crc32cHex|Checksum\\w*)"
                    + "|CamelAzureStorageBlobBlob(Upload)?Size|CamelAzureStorageDataLakeFileSize"
                    // An object of Azure's library with length, checksum and type.
                    + "|CamelAzureStorage(Blob(Blob)?|DataLakePath)HttpHeaders"
                    + "|CamelFile(Length|Checksum)"
                    + "|CamelSpringRabbitmqContent(Length|Encoding)"
                    + "|CamelRockerMQ(StoreSize|BodyCrc)|CamelAwsSqsMD5OfBody|CamelCoapETag"
                    + "|CamelHttpCharacterEncoding|CamelCharsetName"
                    + "|(x-[\\w-]+-)?content-(length|encoding|md5|digest|crc64|range|transfer-encoding)"
                    + "|Transfer-Encoding|Trailer|(x-[\\w-]+-)?ETag|(Repr-)?Digest|Accept-Ranges|Lines"
                    + "|x-[\\w-]+-(hash|checksum[\\w-]*)");

    private static final Pattern SIZE = ignoringCase(";\\s*size\\s*=\\s*(\"[^\"]*\"|[^;]*)");
    private static final Pattern FILE_NAME = ignoringCase("(filename\\*?\\s*=\\s*)(?:\"([^\"]*)\"|([^;\"]*))");

    private ContentHeaders() {}

    private static Pattern ignoringCase(String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    }

    /**
     * Updates the headers for a new body. If a store component is in the Camel context, its own type header is set too,
     * because it ignores {@code Content-Type}.
     *
     * @param mimeType the type of the new body
     * @param extension its usual file name extension
     */
    static void describe(Message message, String mimeType, String extension) {
        for (String name : names(message)) {
            if (TYPE.matcher(name).matches()) {
                message.setHeader(name, mimeType);
            } else if (DISPOSITION.matcher(name).matches()) {
                message.setHeader(name, disposition(message.getHeader(name, String.class), extension));
            } else if (STALE.matcher(name).matches()) {
                message.removeHeader(name);
            }
        }
        message.getExchange().removeProperty(Exchange.CHARSET_NAME);
        message.setHeader(Exchange.CONTENT_TYPE, mimeType);
        CamelContext camel = message.getExchange().getContext();
        TYPE_FOR_STORE.forEach((store, header) -> {
            if (camel.hasComponent(store) != null) {
                message.setHeader(header, mimeType);
            }
        });
    }

    /** Removes the headers when the new body has no single type: a list, a number, nothing. */
    static void clear(Message message) {
        for (String name : names(message)) {
            if (Stream.of(TYPE, DISPOSITION, STALE)
                    .anyMatch(kind -> kind.matcher(name).matches())) {
                message.removeHeader(name);
            }
        }
        message.getExchange().removeProperty(Exchange.CHARSET_NAME);
        message.removeHeader(Exchange.CONTENT_TYPE);
    }

    private static List<String> names(Message message) {
        return message.hasHeaders() ? List.copyOf(message.getHeaders().keySet()) : List.of();
    }

    private static String disposition(String written, String extension) {
        String withoutSize = SIZE.matcher(written == null ? "" : written).replaceAll("");
        return FILE_NAME
                .matcher(withoutSize)
                .replaceAll(name -> Matcher.quoteReplacement(name.group(1)
                        + (name.group(2) == null
                                ? FileEndings.fit(name.group(3), extension)
                                : '"' + FileEndings.fit(name.group(2), extension) + '"')));
    }
}

package io.github.camelgemini.endpoints;

import com.azure.storage.blob.models.BlobHttpHeaders;
import io.github.camelgemini.image.result.GeneratedImage;
import java.io.InputStream;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.azure.storage.blob.BlobConstants;
import org.springframework.jdbc.core.support.SqlBinaryValue;

/** The routes of the page "Where pictures go", of which one runs at a time. Each sends a prompt's picture to an endpoint. */
final class Routes extends RouteBuilder {

    private final Consumer<Routes> chosen;

    Routes(Consumer<Routes> chosen) {
        this.chosen = chosen;
    }

    @Override
    public void configure() {
        chosen.accept(this);
    }

    void file() {
        // tag::file[]
        from("direct:draw").to("gemini-image:generate").to("file:{{folder}}");
        // end::file[]
    }

    void zip() {
        // tag::zip[]
        from("direct:draw").to("gemini-image:generate").marshal().zipFile().to("file:{{folder}}");
        // end::zip[]
    }

    void seda() {
        // tag::seda[]
        from("direct:draw").to("gemini-image:generate").to("seda:pictures");

        from("seda:pictures").to("file:{{folder}}");
        // end::seda[]
    }

    void ftp() {
        // tag::ftp[]
        from("direct:draw").to("gemini-image:generate").to("ftp:{{ftp.server}}/pictures?password={{ftp.password}}");
        // end::ftp[]
    }

    void ftpBinary() {
        // tag::ftp-binary[]
        from("direct:draw")
                .to("gemini-image:generate")
                .to("ftp:{{ftp.server}}/pictures?password={{ftp.password}}&binary=true");
        // end::ftp-binary[]
    }

    void sftp() {
        // tag::sftp[]
        from("direct:draw")
                .to("gemini-image:generate")
                .to("sftp:{{sftp.server}}/pictures?password={{sftp.password}}&useUserKnownHostsFile=false");
        // end::sftp[]
    }

    void s3() {
        // tag::s3[]
        from("direct:draw")
                .to("gemini-image:generate")
                .setHeader(AWS2S3Constants.KEY, header(Exchange.FILE_NAME))
                .to("aws2-s3:pictures");
        // end::s3[]
    }

    void azure() {
        // tag::azure[]
        from("direct:draw")
                .to("gemini-image:generate")
                .setHeader(BlobConstants.BLOB_NAME, header(Exchange.FILE_NAME))
                .to("azure-storage-blob:{{azure.account}}/pictures?operation=uploadBlockBlob");
        // end::azure[]
    }

    void azureInBlocks() {
        // tag::azure-blocks[]
        from("direct:draw")
                .to("gemini-image:generate")
                .setHeader(BlobConstants.BLOB_NAME, header(Exchange.FILE_NAME))
                .setHeader(BlobConstants.BLOB_HTTP_HEADERS)
                .message(message ->
                        new BlobHttpHeaders().setContentType(message.getHeader(Exchange.CONTENT_TYPE, String.class)))
                .to("azure-storage-blob:{{azure.account}}/pictures?operation=uploadBlockBlobChunked"
                        + "&blockSize=4194304&maxSingleUploadSize=4194304&maxConcurrency=1");
        // end::azure-blocks[]
    }

    void http() {
        // tag::http[]
        from("direct:draw").to("gemini-image:generate").to("http:{{web.server}}/pictures");
        // end::http[]
    }

    void platformHttp() {
        // tag::platform-http[]
        from("platform-http:/draw").to("gemini-image:generate");
        // end::platform-http[]
    }

    void jms() {
        // tag::jms[]
        from("direct:draw").to("gemini-image:generate").to("jms:pictures");
        // end::jms[]
    }

    void jmsStreaming() {
        // tag::jms-streaming[]
        from("direct:draw")
                .to("gemini-image:generate")
                .to("jms:pictures?streamMessageTypeEnabled=true&artemisStreamingEnabled=true");
        // end::jms-streaming[]
    }

    void kafka() {
        // tag::kafka[]
        from("direct:draw").to("gemini-image:generate").to("kafka:pictures");
        // end::kafka[]
    }

    void kafkaBytes() {
        // tag::kafka-bytes[]
        from("direct:draw")
                .to("gemini-image:generate")
                .to("kafka:pictures" + "?valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer");
        // end::kafka-bytes[]
    }

    void mail() {
        // tag::mail[]
        from("direct:draw")
                .to("gemini-image:generate?output=attachments")
                .setBody(constant("The picture that you asked for."))
                .to("smtp:{{mail.server}}?to=anna@example.com&from=studio@example.com&subject=Your picture");
        // end::mail[]
    }

    void sql() {
        // tag::sql[]
        from("direct:draw")
                .to("gemini-image:generate")
                .to("sql:insert into pictures (name, type, bytes)"
                        + " values (:#${header.CamelFileName}, :#${header.Content-Type}, :#${body})");
        // end::sql[]
    }

    void sqlStreaming() {
        // tag::sql-streaming[]
        from("direct:draw")
                .to("gemini-image:generate")
                .setHeader("picture")
                .message(message -> new SqlBinaryValue(
                        message.getBody(InputStream.class),
                        message.getBody(GeneratedImage.class).length()))
                .to("sql:insert into pictures (name, type, bytes)"
                        + " values (:#${header.CamelFileName}, :#${header.Content-Type}, :#picture)");
        // end::sql-streaming[]
    }
}

package io.github.camelgemini.endpoints;

import java.util.Map;
import java.util.function.Consumer;

/** Where pictures go: a route, and the server that it sends to. In the order of the page. */
enum Destination {
    FILE("`file:`", Routes::file, Server.FOLDER),
    ZIP("`zipFile`, then `file:`", Routes::zip, Server.FOLDER),
    ZIP_SPOOLED(
            "`zipFile` with `streamCachingSpoolEnabled`",
            Routes::zip,
            Server.FOLDER,
            Map.of("camel.main.stream-caching-spool-enabled", "true")),
    SEDA("`seda:`", Routes::seda, Server.FOLDER),
    FTP("`ftp:`", Routes::ftp, Server.FTP),
    FTP_BINARY("`ftp:` with `binary=true`", Routes::ftpBinary, Server.FTP),
    SFTP("`sftp:`", Routes::sftp, Server.SFTP),
    S3("`aws2-s3:`", Routes::s3, Server.S3),
    AZURE("`azure-storage-blob:`", Routes::azure, Server.AZURE),
    AZURE_IN_BLOCKS("`azure-storage-blob:` in blocks, with its type", Routes::azureInBlocks, Server.AZURE),
    HTTP("`http:`, to `platform-http:`", Routes::http, Server.WEB),
    PLATFORM_HTTP("`platform-http:`, as its answer", Routes::platformHttp, Server.NONE),
    JMS("`jms:`", Routes::jms, Server.JMS),
    JMS_STREAMING("`jms:` with the streaming of Artemis", Routes::jmsStreaming, Server.JMS),
    KAFKA("`kafka:`", Routes::kafka, Server.KAFKA),
    KAFKA_BYTES("`kafka:` with `ByteArraySerializer`", Routes::kafkaBytes, Server.KAFKA),
    MAIL("`smtp:`, as attachment", Routes::mail, Server.MAIL),
    SQL("`sql:`", Routes::sql, Server.DATABASE),
    SQL_STREAMING("`sql:` with a `SqlBinaryValue`", Routes::sqlStreaming, Server.DATABASE);

    /** How each server is started. */
    enum Server {
        FOLDER(Folder::new),
        FTP(FtpReceiver::new),
        SFTP(SftpReceiver::new),
        S3(S3Receiver::new),
        AZURE(AzureReceiver::new),
        WEB(WebReceiver::new),
        /** The route itself serves. */
        NONE(Browser::new),
        JMS(JmsReceiver::new),
        KAFKA(KafkaReceiver::new),
        MAIL(MailReceiver::new),
        DATABASE(DatabaseReceiver::new);

        private final Start start;

        Server(Start start) {
            this.start = start;
        }

        Receiver start() throws Exception {
            return start.run();
        }
    }

    private interface Start {
        Receiver run() throws Exception;
    }

    private final String title;
    private final Consumer<Routes> route;
    private final Server server;
    private final Map<String, String> properties;

    Destination(String title, Consumer<Routes> route, Server server) {
        this(title, route, server, Map.of());
    }

    Destination(String title, Consumer<Routes> route, Server server, Map<String, String> properties) {
        this.title = title;
        this.route = route;
        this.server = server;
        this.properties = properties;
    }

    /** In AsciiDoc. */
    String title() {
        return title;
    }

    Routes routes() {
        return new Routes(route);
    }

    Server server() {
        return server;
    }

    /** What the route needs of the application's properties, beside where the server is. */
    Map<String, String> properties() {
        return properties;
    }
}

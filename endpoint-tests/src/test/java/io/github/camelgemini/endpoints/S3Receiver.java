package io.github.camelgemini.endpoints;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3Mock of Adobe, an S3 server in a process of its own. */
final class S3Receiver implements Receiver {

    private static final String BUCKET = "pictures";

    private final ServerProcess process;
    private final String address;
    private final S3Client client;

    S3Receiver() throws IOException, InterruptedException {
        process = ServerProcess.start(
                "s3mock",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar(),
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.httpPort=0"));
        address = "http://localhost:" + process.await("Tomcat started on ports .* (\\d+) \\(http\\)");
        client = S3Client.builder()
                .endpointOverride(URI.create(address))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
        client.createBucket(bucket -> bucket.bucket(BUCKET));
    }

    private static String jar() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith("s3mock-"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "camel.component.aws2-s3.access-key", "any",
                "camel.component.aws2-s3.secret-key", "any",
                "camel.component.aws2-s3.region", "us-east-1",
                "camel.component.aws2-s3.override-endpoint", "true",
                "camel.component.aws2-s3.uri-endpoint-override", address,
                "camel.component.aws2-s3.force-path-style", "true");
    }

    @Override
    public Optional<Received> take() throws IOException {
        Optional<Received> received = Optional.empty();
        for (S3Object object : client.listObjectsV2(list -> list.bucket(BUCKET)).contents()) {
            ResponseInputStream<GetObjectResponse> bytes =
                    client.getObject(get -> get.bucket(BUCKET).key(object.key()));
            received = Optional.of(Received.of(bytes, bytes.response().contentType()));
            client.deleteObject(delete -> delete.bucket(BUCKET).key(object.key()));
        }
        return received;
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }
}

package io.github.camelgemini.examples.batch.halfprice;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An S3 server (Adobe's S3Mock) in its own process. It keeps all versions, so that a picture that was stored twice is
 * visible.
 */
final class ObjectStore implements AutoCloseable {

    static final String BUCKET = "catalogue";

    private static final Pattern STARTED = Pattern.compile("Tomcat started on ports .* (\\d+) \\(http\\)");
    private static final int PATIENCE_MILLIS = 120_000;

    private final ChildJvm process;
    private final String address;
    private final S3Client client;

    private ObjectStore(ChildJvm process, String address) {
        this.process = process;
        this.address = address;
        this.client = S3Client.builder()
                .endpointOverride(URI.create(address))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }

    static ObjectStore start(Path folder) throws IOException, InterruptedException {
        String jar = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith("s3mock-"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The jar of S3Mock is not on the class path; start this with Maven, as in the README"));
        Path log = folder.resolve("s3.log");
        ChildJvm process = ChildJvm.start(
                log, Map.of(), List.of("-jar", jar, "--server.port=0", "--com.adobe.testing.s3mock.httpPort=0"));
        ObjectStore store = new ObjectStore(process, "http://localhost:" + port(log, process));
        store.client.createBucket(bucket -> bucket.bucket(BUCKET));
        store.client.putBucketVersioning(bucket -> bucket.bucket(BUCKET)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        return store;
    }

    private static String port(Path log, ChildJvm process) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (process.isAlive() && System.nanoTime() < until) {
            Matcher started = STARTED.matcher(Files.readString(log));
            if (started.find()) {
                return started.group(1);
            }
            Thread.sleep(100);
        }
        process.close();
        throw new IllegalStateException("The S3 server did not start; its log is " + log);
    }

    /** The properties by which a worker finds it. */
    Map<String, String> properties() {
        Map<String, String> all = new HashMap<>();
        all.put("bucket", BUCKET);
        all.put("camel.component.aws2-s3.access-key", "any");
        all.put("camel.component.aws2-s3.secret-key", "any");
        all.put("camel.component.aws2-s3.region", "us-east-1");
        all.put("camel.component.aws2-s3.override-endpoint", "true");
        all.put("camel.component.aws2-s3.uri-endpoint-override", address);
        all.put("camel.component.aws2-s3.force-path-style", "true");
        return all;
    }

    List<String> keys() {
        return client.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** The keys, each as often as it was stored. */
    List<String> versions() {
        return client.listObjectVersionsPaginator(list -> list.bucket(BUCKET)).versions().stream()
                .map(ObjectVersion::key)
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        client.close();
        process.close();
    }
}

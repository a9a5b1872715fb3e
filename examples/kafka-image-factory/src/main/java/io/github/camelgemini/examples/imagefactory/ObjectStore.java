package io.github.camelgemini.examples.imagefactory;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
 * An S3 server (Adobe's S3Mock) in its own process, with one bucket that keeps all versions of its objects. So a
 * picture that was stored twice is visible.
 */
final class ObjectStore implements AutoCloseable {

    static final String BUCKET = "pictures";

    private static final Pattern STARTED = Pattern.compile("Tomcat started on ports .* (\\d+) \\(http\\)");

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
        ChildJvm process = ChildJvm.start(
                "s3",
                folder,
                classPath(folder),
                "192m",
                Map.of(),
                "org.springframework.boot.loader.launch.JarLauncher",
                "--server.port=0",
                "--com.adobe.testing.s3mock.httpPort=0");
        Matcher started =
                STARTED.matcher(process.awaitLine(line -> STARTED.matcher(line).find()));
        started.find();
        ObjectStore store = new ObjectStore(process, "http://localhost:" + started.group(1));
        store.client.createBucket(bucket -> bucket.bucket(BUCKET));
        store.client.putBucketVersioning(bucket -> bucket.bucket(BUCKET)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        return store;
    }

    /** Only the server's jar: it has its own Spring, Jackson and application.properties. */
    private static String classPath(Path folder) throws IOException {
        String jar = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith("s3mock-"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The jar of S3Mock is not on the class path; start this with" + " Maven, as in the README"));
        Path classes = folder.resolve("attached");
        Path attached = classes.resolve(Attached.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(attached.getParent());
        try (InputStream bytes = Attached.class.getResourceAsStream("Attached.class")) {
            Files.copy(bytes, attached, StandardCopyOption.REPLACE_EXISTING);
        }
        return jar + File.pathSeparator + classes;
    }

    String address() {
        return address;
    }

    S3Client client() {
        return client;
    }

    /** Without the objects under a prefix. */
    List<String> keys() {
        return client.listObjectsV2Paginator(list -> list.bucket(BUCKET).delimiter("/")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** The keys, each as often as it was stored. */
    List<String> versions() {
        return client.listObjectVersionsPaginator(list -> list.bucket(BUCKET)).versions().stream()
                .map(ObjectVersion::key)
                .toList();
    }

    void download(String key, Path file) {
        client.getObject(get -> get.bucket(BUCKET).key(key), file);
    }

    @Override
    public void close() throws InterruptedException {
        client.close();
        process.close();
    }
}

package io.github.camelgemini.examples.imagefactory;

import io.github.camelgemini.image.payload.PayloadSource;
import io.github.camelgemini.image.repository.ResultRepository;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Stores results in a bucket, as one object each. S3 makes objects visible as a whole, and to all processes.
 *
 * <p>Requests are reserved within the process only. Kafka gives the records of a key to one consumer at a time. So two
 * workers only process the same request when one was considered dead but continues. A lease in S3 would have to be
 * renewed during the call, and each request of a killed worker would wait for the end of its lease.
 *
 * <p>Results are never deleted automatically; define a lifecycle rule for the prefix {@value #PREFIX}.
 */
// tag::repository[]
final class S3ResultRepository implements ResultRepository {

    static final String PREFIX = "results/";

    private final S3Client client;
    private final String bucket;
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    S3ResultRepository(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public Optional<InputStream> load(String id) throws IOException {
        try {
            return Optional.of(client.getObject(get -> get.bucket(bucket).key(key(id))));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            // The component then makes no call, and does not blame the request.
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void save(String id, PayloadSource result) throws IOException {
        try {
            client.putObject(
                    put -> put.bucket(bucket).key(key(id)),
                    RequestBody.fromContentProvider(() -> open(result), result.length(), "application/octet-stream"));
        } catch (SdkException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Opens the result from its beginning each time, because the client may retry. */
    private static InputStream open(PayloadSource result) {
        try {
            return result.newInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Closeable> hold(String id) {
        return held.add(id) ? Optional.of(() -> held.remove(id)) : Optional.empty();
    }

    /** The digest of the id, because ids can be longer than keys. */
    private static String key(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "S3ResultRepository[" + bucket + "/" + PREFIX + "]";
    }
}
// end::repository[]

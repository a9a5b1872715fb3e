package io.github.camelgemini.image.batch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Stores delivered results in one of Camel's idempotent repositories. Long keys are stored as a digest: the table of
 * {@code JdbcMessageIdRepository} takes 100 characters, and a result whose key cannot be stored would be delivered
 * again and again.
 */
public final class DeliveredElsewhere implements IdempotentRepository {

    private static final int LONGEST = 100;

    private final IdempotentRepository repository;

    /** Stores delivered results in this repository. */
    public DeliveredElsewhere(IdempotentRepository repository) {
        this.repository = repository;
    }

    private static String name(String key) {
        if (key.length() <= LONGEST) {
            return key;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean add(String key) {
        return repository.add(name(key));
    }

    @Override
    public boolean contains(String key) {
        return repository.contains(name(key));
    }

    @Override
    public boolean remove(String key) {
        return repository.remove(name(key));
    }

    @Override
    public boolean confirm(String key) {
        return repository.confirm(name(key));
    }

    @Override
    public boolean add(Exchange exchange, String key) {
        return repository.add(exchange, name(key));
    }

    @Override
    public boolean contains(Exchange exchange, String key) {
        return repository.contains(exchange, name(key));
    }

    @Override
    public boolean remove(Exchange exchange, String key) {
        return repository.remove(exchange, name(key));
    }

    @Override
    public boolean confirm(Exchange exchange, String key) {
        return repository.confirm(exchange, name(key));
    }

    @Override
    public void clear() {
        repository.clear();
    }

    @Override
    public void start() {
        repository.start();
    }

    @Override
    public void stop() {
        repository.stop();
    }
}

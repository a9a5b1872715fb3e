package io.github.camelgemini.image.consume;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of Standard Webhooks: HMAC-SHA256 of id, time and body, with a secret from the service. A call may have
 * several signatures while the secret is being replaced. See github.com/standard-webhooks/standard-webhooks,
 * specification.
 */
final class SharedSecret implements WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1,";
    /** The largest number of signatures that is checked. */
    private static final int MOST = 16;

    private final SecretKeySpec key;

    SharedSecret(String secret) {
        this.key = new SecretKeySpec(WebhookSettings.key(secret), ALGORITHM);
    }

    @Override
    public String check(WebhookCall call) throws RefusedCallException {
        if (call.id() == null || call.timestamp() == null || call.signature() == null) {
            throw RefusedCallException.unknown("it has no webhook-id, webhook-timestamp or webhook-signature");
        }
        byte[] expected = sign(call);
        boolean matches = false;
        for (String signature : call.signature().strip().split("\\s+", MOST + 1)) {
            // Compares all of them in constant time, so that the duration reveals nothing.
            matches |= signature.startsWith(VERSION)
                    && MessageDigest.isEqual(expected, decode(signature.substring(VERSION.length())));
        }
        if (!matches) {
            throw RefusedCallException.unknown("its signature does not match webhookSecret");
        }
        WebhookAge.check(
                call.sent().orElseThrow(() -> RefusedCallException.unknown("its webhook-timestamp is not a time")));
        return call.id();
    }

    private byte[] sign(WebhookCall call) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((call.id() + "." + call.timestamp() + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(call.body());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has " + ALGORITHM, e);
        }
    }

    private static byte[] decode(String signature) {
        try {
            return Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}

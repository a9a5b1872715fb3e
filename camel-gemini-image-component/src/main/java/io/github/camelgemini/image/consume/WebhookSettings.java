package io.github.camelgemini.image.consume;

import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.secret.Secrets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The settings for webhook calls: where they arrive, and how they are verified.
 *
 * @param path at the HTTP server of the application, such as {@code /hooks/gemini-image}
 * @param secret {@code whsec_…}, for a service that signs with a secret; null for none
 * @param maxPayloadSize largest body, in bytes
 * @param keys of a service that signs with a token. They never come from a message. Null for none
 * @param signed whether the service signs its calls at all
 */
public record WebhookSettings(String path, String secret, int maxPayloadSize, PublicKeys keys, boolean signed) {

    private static final String SECRET_PREFIX = "whsec_";
    /** A key of 128 bits; Standard Webhooks recommends at least 192. */
    private static final int SHORTEST_SECRET = 16;
    /** 32 hexadecimal digits or 22 of Base64 are 128 bits. */
    private static final int SHORTEST_SEGMENT = 22;
    /** 22 random characters always contain more different ones. */
    private static final int FEWEST_CHARACTERS = 6;

    private static final Pattern PATH = Pattern.compile("/?[A-Za-z0-9._~/-]+");

    /**
     * Checks the settings.
     *
     * @throws InvalidRequestException names the option; the message contains neither secret nor path
     */
    public WebhookSettings {
        if (path == null || !PATH.matcher(path).matches()) {
            throw new InvalidRequestException(
                    "option webhookPath must be a path of letters, digits and -._~/, such as /hooks/gemini-image");
        }
        if (maxPayloadSize < 1 || maxPayloadSize == Integer.MAX_VALUE) {
            throw new InvalidRequestException(
                    "option webhookMaxPayloadSize '" + maxPayloadSize + "' must be a number of bytes above 0");
        }
        if (secret != null) {
            key(secret);
        }
        // Also registers secrets of settings that are refused below.
        hold(secret, path, signed).close();
        if (signed && secret == null && keys == null) {
            throw new InvalidRequestException("option webhookPath requires the option webhookSecret with this service");
        }
        if (!signed && secret != null) {
            throw new InvalidRequestException(
                    "option webhookSecret cannot be used: the service does not sign its calls. Remove it, and choose a"
                            + " webhookPath that cannot be guessed");
        }
        if (!signed && canBeGuessed(path)) {
            throw new InvalidRequestException(
                    "option webhookPath can be guessed, and the service does not sign its calls: end it with at least "
                            + SHORTEST_SEGMENT
                            + " random characters, such as /hooks/ followed by the output of 'openssl rand -hex 16'");
        }
    }

    /** Registers the secret, or the end of the path if that is the only protection, until it is closed. */
    Secrets.Held hold() {
        return hold(secret, path, signed);
    }

    private static Secrets.Held hold(String secret, String path, boolean signed) {
        // A path that can be guessed is no secret, but ordinary words of other texts.
        return signed
                ? Secrets.hold(Map.of(), secret)
                : Secrets.holdPath(canBeGuessed(path) ? null : lastSegment(path));
    }

    private static String lastSegment(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean canBeGuessed(String path) {
        String last = lastSegment(path);
        return last.length() < SHORTEST_SEGMENT || last.chars().distinct().count() < FEWEST_CHARACTERS;
    }

    /** The bytes of a secret. */
    static byte[] key(String secret) {
        try {
            byte[] key = Base64.getDecoder().decode(secret.strip().substring(SECRET_PREFIX.length()));
            if (secret.strip().startsWith(SECRET_PREFIX) && key.length >= SHORTEST_SECRET) {
                return key;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // The failure is reported below; its message contains a part of the secret.
        }
        throw new InvalidRequestException("option webhookSecret must be " + SECRET_PREFIX
                + " followed by Base64, exactly as the service issued it");
    }

    /** Leaves out the secret, and a path that serves as one. */
    @Override
    public String toString() {
        return "WebhookSettings[" + (signed ? path : "unsigned") + "]";
    }
}

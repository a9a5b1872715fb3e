package io.github.camelgemini.emulator.gemini;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Issues and verifies thought signatures. They are valid in every emulator, so a conversation survives a restart. */
public final class ThoughtSignatures {

    private static final byte[] SECRET = "camel-gemini-image-emulator".getBytes(StandardCharsets.UTF_8);
    private static final int MAC = 32;
    private static final int USUAL = 64 + MAC;

    /** Google's documented value that skips the check, decoded. */
    private static final byte[] BYPASS = Base64.getUrlDecoder().decode("skip_thought_signature_validator");

    private ThoughtSignatures() {}

    /**
     * The signature for the n-th part of an answer; equal for equal answers.
     *
     * @param length in bytes; 0 for the default; at least the length of the check value
     */
    public static String issue(long answer, int part, int length) {
        SplittableRandom random = new SplittableRandom(answer * 31 + part);
        byte[] nonce = new byte[Math.max(length == 0 ? USUAL : length, MAC + 1) - MAC];
        for (int i = 0; i < nonce.length; i++) {
            nonce[i] = (byte) random.nextInt();
        }
        byte[] mac = mac(nonce);
        byte[] signature = Arrays.copyOf(nonce, nonce.length + mac.length);
        System.arraycopy(mac, 0, signature, nonce.length, mac.length);
        return Base64.getEncoder().encodeToString(signature);
    }

    /** Whether an emulator issued the signature. Accepts either alphabet of Base64. */
    public static boolean isValid(String signature) {
        byte[] bytes = Base64.getDecoder().decode(signature.replace('-', '+').replace('_', '/'));
        if (Arrays.equals(bytes, BYPASS)) {
            return true;
        }
        int nonce = bytes.length - MAC;
        return nonce > 0
                && Arrays.equals(mac(Arrays.copyOf(bytes, nonce)), Arrays.copyOfRange(bytes, nonce, bytes.length));
    }

    private static byte[] mac(byte[] nonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            return mac.doFinal(nonce);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}

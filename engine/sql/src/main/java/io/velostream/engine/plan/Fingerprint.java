package io.velostream.engine.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short text that changes whenever what it is made of changes: part of the names of stores and internal topics. */
public final class Fingerprint {

    private static final int BYTES = 5;

    private Fingerprint() {}

    static String of(String content) {
        return of(content, BYTES);
    }

    /** The first so many bytes of the content's SHA-256, in hexadecimal digits. */
    public static String of(String content, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}

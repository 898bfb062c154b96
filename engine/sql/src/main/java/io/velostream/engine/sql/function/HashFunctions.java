package io.velostream.engine.sql.function;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Checksums and digests. A text is taken as its UTF-8 bytes; digests are lower-case hexadecimal. */
public final class HashFunctions {

    private HashFunctions() {}

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @SqlFunction(
            name = "CRC32",
            description = "The cyclic redundancy check of 32 bits, as in zip files.",
            examples = {"CRC32('velo') = 894005749"})
    public static long crc32(String text) {
        return crc32(utf8(text));
    }

    @SqlFunction(
            name = "CRC32",
            description = "The cyclic redundancy check of 32 bits, as in zip files.",
            examples = {"CRC32(TO_BYTES('velo', 'utf8')) = CRC32('velo')"})
    public static long crc32(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    @SqlFunction(
            name = "MD5",
            description = "The MD5 digest.",
            examples = {"MD5('velo') = '939c04836f9dda50950db42092831eec'"})
    public static String md5(String text) {
        return md5(utf8(text));
    }

    @SqlFunction(
            name = "MD5",
            description = "The MD5 digest.",
            examples = {"MD5(TO_BYTES('velo', 'utf8')) = MD5('velo')"})
    public static String md5(byte[] bytes) {
        return digest("MD5", bytes);
    }

    @SqlFunction(
            name = "SHA1",
            description = "The SHA-1 digest.",
            examples = {"SHA1('velo') = '803ddf02118a9bb1e44b909fc9e0a2892c0fd41d'"})
    public static String sha1(String text) {
        return sha1(utf8(text));
    }

    @SqlFunction(
            name = "SHA1",
            description = "The SHA-1 digest.",
            examples = {"SHA1(TO_BYTES('velo', 'utf8')) = SHA1('velo')"})
    public static String sha1(byte[] bytes) {
        return digest("SHA-1", bytes);
    }

    @SqlFunction(
            name = "SHA256",
            description = "The SHA-256 digest.",
            examples = {"LEFT(SHA256('velo'), 16) = 'cd1e45e8b94d27b2'"})
    public static String sha256(String text) {
        return sha256(utf8(text));
    }

    @SqlFunction(
            name = "SHA256",
            description = "The SHA-256 digest.",
            examples = {"SHA256(TO_BYTES('velo', 'utf8')) = SHA256('velo')"})
    public static String sha256(byte[] bytes) {
        return digest("SHA-256", bytes);
    }

    @SqlFunction(
            name = "SHA512",
            description = "The SHA-512 digest.",
            examples = {"LEFT(SHA512('velo'), 16) = '687783fdad143deb'"})
    public static String sha512(String text) {
        return sha512(utf8(text));
    }

    @SqlFunction(
            name = "SHA512",
            description = "The SHA-512 digest.",
            examples = {"SHA512(TO_BYTES('velo', 'utf8')) = SHA512('velo')"})
    public static String sha512(byte[] bytes) {
        return digest("SHA-512", bytes);
    }
}

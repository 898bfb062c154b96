package io.velostream.engine.sql.function;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Functions on BYTES. Encodings are hex, utf8, ascii and base64, in any case. */
public final class BytesFunctions {

    private static final int LONGEST = 1_000_000;

    private BytesFunctions() {}

    @SqlFunction(
            name = "TO_BYTES",
            description = "The bytes that the text stands for in an encoding: hex, utf8, ascii or base64.",
            examples = {"FROM_BYTES(TO_BYTES('velo', 'utf8'), 'hex') = '76656C6F'"})
    public static byte[] toBytes(String text, String encoding) {
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "hex" -> HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
            case "utf8" -> text.getBytes(StandardCharsets.UTF_8);
            case "ascii" -> ascii(text);
            case "base64" -> Base64.getDecoder().decode(text);
            default -> throw unknown(encoding);
        };
    }

    private static byte[] ascii(String text) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("the text has characters that ASCII does not have");
        }
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @SqlFunction(
            name = "FROM_BYTES",
            description = "The text that stands for the bytes in an encoding: hex, utf8, ascii or base64.",
            examples = {"FROM_BYTES(TO_BYTES('76656C6F', 'hex'), 'utf8') = 'velo'"})
    public static String fromBytes(byte[] bytes, String encoding) {
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "hex" -> HexFormat.of().withUpperCase().formatHex(bytes);
            case "utf8" -> decode(bytes, StandardCharsets.UTF_8);
            case "ascii" -> decode(bytes, StandardCharsets.US_ASCII);
            case "base64" -> Base64.getEncoder().encodeToString(bytes);
            default -> throw unknown(encoding);
        };
    }

    private static String decode(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notText) {
            throw new IllegalArgumentException("the bytes are no text in " + charset, notText);
        }
    }

    private static IllegalArgumentException unknown(String encoding) {
        return new IllegalArgumentException("there is no encoding " + encoding + "; it is hex, utf8, ascii or base64");
    }

    @SqlFunction(
            name = "ENCODE",
            description = "A text that stands for bytes in one encoding as the text in another: hex, utf8, ascii or"
                    + " base64.",
            examples = {"ENCODE('velo', 'utf8', 'base64') = 'dmVsbw=='", "ENCODE('76656c6f', 'hex', 'ascii') = 'velo'"})
    public static String encode(String text, String from, String to) {
        return fromBytes(toBytes(text, from), to);
    }

    @SqlFunction(
            name = "INT_FROM_BYTES",
            description = "The integer of four bytes, the highest first.",
            examples = {"INT_FROM_BYTES(TO_BYTES('0000002A', 'hex')) = 42"})
    public static long intFromBytes(byte[] bytes) {
        return intFromBytes(bytes, "BIG_ENDIAN");
    }

    @SqlFunction(
            name = "INT_FROM_BYTES",
            description = "The integer of four bytes in an order: BIG_ENDIAN or LITTLE_ENDIAN.",
            examples = {"INT_FROM_BYTES(TO_BYTES('2A000000', 'hex'), 'LITTLE_ENDIAN') = 42"})
    public static long intFromBytes(byte[] bytes, String order) {
        return buffer(bytes, Integer.BYTES, order).getInt();
    }

    @SqlFunction(
            name = "BIGINT_FROM_BYTES",
            description = "The integer of eight bytes, the highest first.",
            examples = {"BIGINT_FROM_BYTES(TO_BYTES('000000000000002A', 'hex')) = 42"})
    public static long bigintFromBytes(byte[] bytes) {
        return bigintFromBytes(bytes, "BIG_ENDIAN");
    }

    @SqlFunction(
            name = "BIGINT_FROM_BYTES",
            description = "The integer of eight bytes in an order: BIG_ENDIAN or LITTLE_ENDIAN.",
            examples = {"BIGINT_FROM_BYTES(TO_BYTES('2A00000000000000', 'hex'), 'LITTLE_ENDIAN') = 42"})
    public static long bigintFromBytes(byte[] bytes, String order) {
        return buffer(bytes, Long.BYTES, order).getLong();
    }

    @SqlFunction(
            name = "DOUBLE_FROM_BYTES",
            description = "The DOUBLE of eight bytes, the highest first.",
            examples = {"DOUBLE_FROM_BYTES(TO_BYTES('4045000000000000', 'hex')) = 42e0"})
    public static double doubleFromBytes(byte[] bytes) {
        return doubleFromBytes(bytes, "BIG_ENDIAN");
    }

    @SqlFunction(
            name = "DOUBLE_FROM_BYTES",
            description = "The DOUBLE of eight bytes in an order: BIG_ENDIAN or LITTLE_ENDIAN.",
            examples = {"DOUBLE_FROM_BYTES(TO_BYTES('0000000000004540', 'hex'), 'LITTLE_ENDIAN') = 42e0"})
    public static double doubleFromBytes(byte[] bytes, String order) {
        return buffer(bytes, Double.BYTES, order).getDouble();
    }

    private static ByteBuffer buffer(byte[] bytes, int wanted, String order) {
        if (bytes.length != wanted) {
            throw new IllegalArgumentException("the number needs " + wanted + " bytes, but there are " + bytes.length);
        }
        return ByteBuffer.wrap(bytes)
                .order(
                        switch (order.toUpperCase(Locale.ROOT)) {
                            case "BIG_ENDIAN" -> ByteOrder.BIG_ENDIAN;
                            case "LITTLE_ENDIAN" -> ByteOrder.LITTLE_ENDIAN;
                            default ->
                                throw new IllegalArgumentException(
                                        "the order of bytes is BIG_ENDIAN or LITTLE_ENDIAN, not " + order);
                        });
    }

    @SqlFunction(
            name = "LENGTH",
            description = "How many bytes there are.",
            examples = {"LENGTH(TO_BYTES('héllo', 'utf8')) = 6"})
    public static long length(byte[] bytes) {
        return bytes.length;
    }

    @SqlFunction(
            name = "CONCAT",
            description = "The bytes one after the other; NULL is skipped.",
            examples = {"FROM_BYTES(CONCAT(TO_BYTES('01', 'hex'), TO_BYTES('02', 'hex')), 'hex') = '0102'"})
    public static byte[] concat(@SqlNullable byte[]... parts) {
        byte[] result = {};
        for (byte[] part : parts) {
            if (part != null) {
                byte[] longer = Arrays.copyOf(result, result.length + part.length);
                System.arraycopy(part, 0, longer, result.length, part.length);
                result = longer;
            }
        }
        return result;
    }

    @SqlFunction(
            name = "SUBSTRING",
            description = "The bytes from a 1-based position to the end.",
            examples = {"FROM_BYTES(SUBSTRING(TO_BYTES('010203', 'hex'), 2), 'hex') = '0203'"})
    public static byte[] substring(byte[] bytes, long start) {
        return substring(bytes, start, bytes.length);
    }

    @SqlFunction(
            name = "SUBSTRING",
            description = "So many bytes from a 1-based position.",
            examples = {"FROM_BYTES(SUBSTRING(TO_BYTES('010203', 'hex'), 2, 1), 'hex') = '02'"})
    public static byte[] substring(byte[] bytes, long start, long length) {
        if (length < 0) {
            throw new IllegalArgumentException("SUBSTRING cannot have the negative length " + length);
        }
        long end = start > Long.MAX_VALUE - length ? Long.MAX_VALUE : start + length;
        int from = (int) Math.clamp(start, 1, bytes.length + 1L);
        return Arrays.copyOfRange(bytes, from - 1, (int) Math.clamp(end, from, bytes.length + 1L) - 1);
    }

    @SqlFunction(
            name = "LPAD",
            description = "The bytes filled up at their beginning, or cut, to so many.",
            examples = {"FROM_BYTES(LPAD(TO_BYTES('07', 'hex'), 3, TO_BYTES('00', 'hex')), 'hex') = '000007'"})
    public static byte[] leftPad(byte[] bytes, long length, byte[] fill) {
        return concat(padding(bytes, length, fill), cut(bytes, length));
    }

    @SqlFunction(
            name = "RPAD",
            description = "The bytes filled up at their end, or cut, to so many.",
            examples = {"FROM_BYTES(RPAD(TO_BYTES('07', 'hex'), 3, TO_BYTES('00', 'hex')), 'hex') = '070000'"})
    public static byte[] rightPad(byte[] bytes, long length, byte[] fill) {
        return concat(cut(bytes, length), padding(bytes, length, fill));
    }

    private static byte[] cut(byte[] bytes, long length) {
        return Arrays.copyOf(bytes, (int) Math.clamp(length, 0, bytes.length));
    }

    private static byte[] padding(byte[] bytes, long length, byte[] fill) {
        long missing = length - bytes.length;
        if (missing > LONGEST) {
            throw new IllegalArgumentException("bytes cannot be padded to " + length);
        }
        byte[] result = new byte[fill.length == 0 ? 0 : (int) Math.max(0, missing)];
        for (int i = 0; i < result.length; i++) {
            result[i] = fill[i % fill.length];
        }
        return result;
    }

    @SqlFunction(
            name = "SPLIT",
            description = "The parts of the bytes between delimiters; with an empty delimiter single bytes.",
            examples = {"ARRAY_LENGTH(SPLIT(TO_BYTES('010002', 'hex'), TO_BYTES('00', 'hex'))) = 2"})
    public static List<byte[]> split(byte[] bytes, byte[] delimiter) {
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at + Math.max(1, delimiter.length) <= bytes.length; at++) {
            if (delimiter.length == 0) {
                parts.add(Arrays.copyOfRange(bytes, at, at + 1));
                from = at + 1;
            } else if (Arrays.equals(bytes, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                parts.add(Arrays.copyOfRange(bytes, from, at));
                from = at + delimiter.length;
                at = from - 1;
            }
        }
        if (delimiter.length > 0 || bytes.length == 0) {
            parts.add(Arrays.copyOfRange(bytes, from, bytes.length));
        }
        return parts;
    }
}

package io.velostream.cli.dlq;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.engine.guard.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Letters for people and for programs. Bytes that are no text are shown in base64, and said to be. */
final class LetterText {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LetterText() {}

    /** What a list says of a letter. */
    static ObjectNode summary(DeadLetter letter) {
        ObjectNode row = JSON.createObjectNode();
        row.put("id", letter.place().toString());
        row.put("time", letter.failedAt().toString());
        letter.source().ifPresent(source -> {
            row.put("topic", source.partition().topic());
            row.put("partition", source.partition().partition());
            row.put("offset", source.offset());
        });
        row.put("job", letter.job());
        row.put("query", letter.query());
        row.put("error", letter.code());
        row.put("message", letter.message());
        return row;
    }

    /** All of a letter. */
    static ObjectNode whole(DeadLetter letter) {
        ObjectNode row = summary(letter);
        row.put("stage", letter.stage());
        letter.source().ifPresent(source -> row.put("timestamp", source.timestamp()));
        row.put("content", letter.isRow() ? "row" : "record");
        if (!letter.omitted().isEmpty()) {
            var omitted = row.putArray("omitted");
            letter.omitted().stream().sorted().forEach(omitted::add);
        }
        put(row, "key", letter.key());
        put(row, "value", letter.value());
        var headers = row.putArray("headers");
        for (Header header : letter.headers()) {
            ObjectNode each = headers.addObject();
            each.put("key", header.key());
            put(each, "value", header.value());
        }
        return row;
    }

    private static void put(ObjectNode row, String name, byte @Nullable [] bytes) {
        if (bytes == null) {
            row.putNull(name);
            return;
        }
        text(bytes)
                .ifPresentOrElse(
                        text -> row.put(name, text),
                        () -> row.put(name + "_base64", Base64.getEncoder().encodeToString(bytes)));
    }

    /** Bytes in one line for a terminal: no control character of the record gets there. */
    static String shown(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "(null)";
        }
        return text(bytes)
                .map(LetterText::harmless)
                .orElseGet(() -> "base64:" + Base64.getEncoder().encodeToString(bytes));
    }

    /** Without control characters, except the ends of lines and tabs. */
    static String harmless(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "�");
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

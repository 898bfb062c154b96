package io.velostream.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.velostream.engine.format.FieldDecoder.Field;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    private static final List<String> NAMES = List.of("a", "b", "customer", "long name with spaces", "é", "q\"uote");
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final Row row = new Row(NAMES.size(), new Origin());

    private static JsonReader reader(boolean computed) {
        return new JsonReader(NAMES.stream()
                .map(name -> FieldDecoder.of(new Field(name, Simple.ANY, true, NAMES.indexOf(name), computed)))
                .toList());
    }

    private String json(int slot) {
        GrowingBuffer out = new GrowingBuffer(64);
        new ValueWriter(Simple.ANY).json(row, slot, out);
        return new String(out.buffer(), 0, out.position(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsTheSameAsJackson() throws IOException {
        RandomJson random = new RandomJson(new SplittableRandom(11), NAMES);
        JsonReader copying = reader(false);
        JsonReader computing = reader(true);
        for (int i = 0; i < 3_000; i++) {
            String text = random.object();
            JsonNode expected = JACKSON.readTree(text);

            for (JsonReader reader : List.of(copying, computing)) {
                reader.read(bytes(text), row);
                for (int slot = 0; slot < NAMES.size(); slot++) {
                    assertSame(expected.get(NAMES.get(slot)), json(slot), text);
                }
            }
        }
    }

    private static void assertSame(JsonNode expected, String actual, String document) throws IOException {
        if (expected == null || expected.isNull()) {
            assertThat(actual).as(document).isEqualTo("null");
            return;
        }
        JsonNode read = JACKSON.readTree(actual);
        if (expected.isNumber()) {
            assertThat(read.decimalValue()).as(document).isEqualByComparingTo(expected.decimalValue());
        } else {
            assertThat(read).as(document).isEqualTo(expected);
        }
    }

    @Test
    void neverFailsOtherwiseThanForTheRecord() {
        SplittableRandom random = new SplittableRandom(12);
        RandomJson documents = new RandomJson(random, NAMES);
        JsonReader reader = reader(true);
        int malformed = 0;
        for (int i = 0; i < 6_000; i++) {
            byte[] text = bytes(documents.object());
            for (int mutations = random.nextInt(1, 4); mutations > 0 && text.length > 0; mutations--) {
                text = mutated(text, random);
            }
            Verdict verdict = jackson(text);
            try {
                reader.read(text, row);
                assertThat(verdict)
                        .as(new String(text, StandardCharsets.ISO_8859_1))
                        .isNotEqualTo(Verdict.MALFORMED);
            } catch (RecordFailure failure) {
                malformed++;
                if (failure.code().equals(JsonScanner.MALFORMED)) {
                    assertThat(verdict)
                            .as(new String(text, StandardCharsets.ISO_8859_1))
                            .isNotEqualTo(Verdict.OBJECT);
                }
            }
        }
        assertThat(malformed).isGreaterThan(1_000);
    }

    private static byte[] mutated(byte[] text, SplittableRandom random) {
        byte[] changed = text.clone();
        int at = random.nextInt(text.length);
        switch (random.nextInt(4)) {
            case 0 -> changed[at] = (byte) random.nextInt(256);
            case 1 -> changed[at] = (byte) "{}[]\",:\\0123eE+-.tfn \n".charAt(random.nextInt(22));
            case 2 -> changed = Arrays.copyOf(text, at);
            default -> {
                changed = new byte[text.length + 1];
                System.arraycopy(text, 0, changed, 0, at);
                changed[at] = text[random.nextInt(text.length)];
                System.arraycopy(text, at, changed, at + 1, text.length - at);
            }
        }
        return changed;
    }

    private enum Verdict {
        OBJECT,
        MALFORMED,
        /** Well-formed by the grammar of RFC 8259, but Jackson reads no further: half a surrogate pair, absurd numbers. */
        UNKNOWN
    }

    /** Jackson's verdict, and strict UTF-8, which Jackson checks only in what it decodes. */
    private static Verdict jackson(byte[] text) {
        try {
            return Utf8.isValid(text, 0, text.length) && JACKSON.readTree(text).isObject()
                    ? Verdict.OBJECT
                    : Verdict.MALFORMED;
        } catch (JsonProcessingException malformed) {
            return malformed.getMessage().contains("surrogate") ? Verdict.UNKNOWN : Verdict.MALFORMED;
        } catch (NumberFormatException absurdExponent) {
            return Verdict.UNKNOWN;
        } catch (IOException otherEncoding) {
            return Verdict.MALFORMED;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[1]",
                "1",
                "\"a\"",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":1e}",
                "{\"a\":+1}",
                "{\"a\":NaN}",
                "{\"a\":tru}",
                "{\"x\":\"\\u12g4\"}",
                "{\"x\":\"\\q\"}",
                "{\"x\":\"unclosed}",
                "{\"x\":[1 2]}",
                "{\"x\":{\"y\":1]}",
                "{\"x\":\"tab\there\"}",
                "\ufeff{\"a\":1}"
            })
    void refusesWhatIsNoJsonObject(String text) {
        assertThatThrownBy(() -> reader(true).read(bytes(text), row))
                .isInstanceOf(RecordFailure.class)
                .hasMessageContaining("byte");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"c3", "c328", "c0af", "e28228", "eda080", "f0808080", "f4908080", "f5808080", "80", "fe", "e2"})
    void refusesBytesThatAreNoUtf8(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex);
        byte[] text = new byte[bad.length + 8];
        System.arraycopy(bytes("{\"x\":\""), 0, text, 0, 6);
        System.arraycopy(bad, 0, text, 6, bad.length);
        System.arraycopy(bytes("\"}"), 0, text, 6 + bad.length, 2);

        assertThatThrownBy(() -> reader(true).read(text, row)).isInstanceOf(RecordFailure.class);
    }

    @Test
    void refusesValuesThatAreNestedTooDeep() {
        String deep = "{\"x\":" + "[".repeat(100_000);

        assertThatThrownBy(() -> reader(true).read(bytes(deep), row))
                .isInstanceOf(RecordFailure.class)
                .hasMessageContaining("nested");
    }

    @Test
    void recordsOfManyShapesAreReadRightInAnyOrder() {
        JsonReader reader = reader(true);
        for (int round = 0; round < 50; round++) {
            reader.read(bytes("{\"a\":1,\"b\":2}"), row);
            assertThat(json(0) + json(1)).isEqualTo("12");
            reader.read(bytes("{ \"b\":3 , \"a\":4}"), row);
            assertThat(json(0) + json(1)).isEqualTo("43");
            reader.read(bytes("{\"a\":5}"), row);
            assertThat(json(0) + json(1)).isEqualTo("5null");
            reader.read(bytes("{}"), row);
            assertThat(json(0) + json(1)).isEqualTo("nullnull");
            reader.read(bytes("{\"ab\":0,\"b\":6,\"other\":{\"a\":7}}"), row);
            assertThat(json(0) + json(1)).isEqualTo("null6");
        }
    }

    @Test
    void numbersBeyond64BitsStayExact() {
        JsonReader reader = reader(true);

        reader.read(bytes("{\"a\":123456789012345678901234567890,\"b\":-9223372036854775808}"), row);

        assertThat(row.objects[0]).isEqualTo(new BigDecimal("123456789012345678901234567890"));
        assertThat(row.longs[1]).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aNumberBeyondTheRangeOfDoubleFailsTheRecordWhereItIsComputedOn() {
        assertThatThrownBy(() -> reader(true).read(bytes("{\"a\":1e999}"), row)).isInstanceOf(RecordFailure.class);
        reader(false).read(bytes("{\"a\":1e999}"), row);
        assertThat(json(0)).isEqualTo("1e999");
    }

    @Test
    void halfASurrogatePairBecomesTheReplacementCharacter() {
        reader(true).read(bytes("{\"a\":\"x\\ud83dy\",\"b\":\"\\ud83d\\ude00\"}"), row);

        assertThat(json(0)).isEqualTo("\"x\ufffdy\"");
        assertThat(json(1)).isEqualTo("\"\ud83d\ude00\"");
    }
}

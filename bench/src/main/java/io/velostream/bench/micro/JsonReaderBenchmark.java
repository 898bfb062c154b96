package io.velostream.bench.micro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velostream.engine.format.FieldDecoder;
import io.velostream.engine.format.JsonReader;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading some of an order's nine members, the rest only checked; Jackson's tree as a yardstick. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JsonReaderBenchmark {
    private static final List<String> NAMES = List.of("customer", "amount", "ts", "id", "quantity", "score", "product");
    private static final List<SqlType> TYPES = List.of(
            Simple.STRING, Simple.DOUBLE, Simple.BIGINT, Simple.BIGINT, Simple.BIGINT, Simple.BIGINT, Simple.STRING);

    /** How many members are read. */
    @Param({"3", "7"})
    public int fields;

    private final List<byte[]> values = Orders.values();
    private final ObjectMapper mapper = new ObjectMapper();
    private JsonReader reader = new JsonReader(List.of());
    private Row row = new Row(0, new Origin());
    private int next;

    /** Makes the reader. */
    @Setup
    public void prepare() {
        List<FieldDecoder> decoders = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            decoders.add(FieldDecoder.of(new FieldDecoder.Field(NAMES.get(i), TYPES.get(i), false, i, true)));
        }
        reader = new JsonReader(decoders);
        row = new Row(fields, new Origin());
    }

    /** The engine's reader, one record. */
    @Benchmark
    public long engine() {
        reader.read(value(), row);
        return row.longs[1];
    }

    /** Jackson's tree model, one record. */
    @Benchmark
    public JsonNode jacksonTree() throws IOException {
        return mapper.readTree(value());
    }

    private byte[] value() {
        return values.get(next++ & Orders.COUNT - 1);
    }
}

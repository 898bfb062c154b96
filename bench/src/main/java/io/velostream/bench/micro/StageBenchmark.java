package io.velostream.bench.micro;

import io.velostream.bench.memory.Output;
import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.query.QueryText;
import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.operator.RecordBatch;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageCompiler;
import io.velostream.engine.runtime.operator.StageSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The first stage of a query without Kafka: record bytes in, output bytes out. Scores are a record, not a batch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StageBenchmark {
    /** The query. */
    @Param({"Q1", "Q1s", "Q2", "Q3", "Q3r"})
    public String query = "Q1";

    private final Batch batch = new Batch(Orders.records());
    private final Output output = new Output();
    private Stage stage = stage("Q1");

    /** Compiles the query. */
    @Setup
    public void prepare() {
        stage = stage(query);
    }

    private static Stage stage(String id) {
        String sql = QueryText.load(
                "queries",
                BenchQuery.find(id).orElseThrow(),
                Map.of("bootstrap", "none:1", "input", "in", "output", "out"));
        if (new SqlCompiler().compile(sql, CompileOptions.defaults()) instanceof Compilation.Compiled compiled) {
            StagePlan first = compiled.plan()
                    .units()
                    .getFirst()
                    .queries()
                    .getFirst()
                    .stages()
                    .getFirst();
            return new StageCompiler().compile(first, new StageSettings(0, 0, System.currentTimeMillis(), false));
        }
        throw new IllegalStateException("The SQL of " + id + " does not compile");
    }

    /** A batch of records. */
    @Benchmark
    @OperationsPerInvocation(Orders.COUNT)
    public int process() {
        output.output().clear();
        stage.process(batch, output);
        return output.output().size();
    }

    private static final Headers NO_HEADERS = new RecordHeaders();

    private record Batch(List<Orders.Item> records) implements RecordBatch {
        @Override
        public int size() {
            return records.size();
        }

        @Override
        public String topic() {
            return "in";
        }

        @Override
        public int partition() {
            return 0;
        }

        @Override
        public byte[] key(int index) {
            return records.get(index).key();
        }

        @Override
        public byte[] value(int index) {
            return records.get(index).value();
        }

        @Override
        public long timestamp(int index) {
            return records.get(index).timestamp();
        }

        @Override
        public long offset(int index) {
            return index;
        }

        @Override
        public Headers headers(int index) {
            return NO_HEADERS;
        }
    }
}

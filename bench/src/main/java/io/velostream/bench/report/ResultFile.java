package io.velostream.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.bench.run.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Writes the result file: one object a query and system, with the medians over the repetitions. */
public final class ResultFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ResultFile() {}

    /** Writes the file anew. Figures of a system that never came to its end are null. */
    public static void write(Path file, List<Summary> summaries) throws IOException {
        ArrayNode array = MAPPER.createArrayNode();
        for (Summary summary : summaries) {
            ObjectNode node = array.addObject();
            node.put("query", summary.query().id());
            node.put("system", summary.system().id());
            node.put("records", summary.records());
            put(node, "records_per_second", summary, Measurement::recordsPerSecond);
            put(node, "cpu_ns_per_record", summary, Measurement::cpuNanos);
            put(node, "warm_cpu_ns_per_record", summary, Measurement::warmCpuNanos);
            node.put("verified", summary.verified());
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), array);
    }

    private static void put(ObjectNode node, String name, Summary summary, ToDoubleFunction<Measurement> figure) {
        OptionalDouble value = summary.median(figure);
        if (value.isPresent()) {
            node.put(name, Math.round(value.getAsDouble() * 10) / 10.0);
        } else {
            node.putNull(name);
        }
    }
}

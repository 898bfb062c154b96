package io.velostream.cli.dlq;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.cli.OutputFormat;
import io.velostream.cli.TextColumns;
import io.velostream.engine.guard.DeadLetter;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo dlq list}: the newest letters of a topic. */
@Command(
        name = "list",
        description = "Lists dead letters: when, from where, of which query, and why. The newest come last.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  velo dlq list orders --bootstrap-servers localhost:9092",
            "  velo dlq list shop/orders --bootstrap-servers localhost:9092 --error MALFORMED_JSON --since 1d",
            "  velo dlq list velostream.shop.orders.dlq --bootstrap-servers localhost:9092 --format json"
        })
final class DlqListCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "JOB|TOPIC",
            description = "A job, as JOB or NAMESPACE/JOB, or the name of a dead-letter topic.")
    String wanted = "";

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Mixin
    LetterFilter filter = new LetterFilter();

    @Mixin
    OutputFormat format = new OutputFormat();

    @Option(
            names = "--limit",
            defaultValue = "100",
            description = "Letters at most, the newest (default ${DEFAULT-VALUE}).")
    int limit = 100;

    @Spec
    @Nullable CommandSpec spec;

    private record Line(Instant at, ObjectNode row) {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is at least 1");
        }
        LetterTopic topic = LetterTopic.find(wanted, kafka.clients());
        ReplayMarks marks = new ReplayMarks(topic, kafka.clients());
        marks.read();
        PriorityQueue<Line> newest = new PriorityQueue<>(Comparator.comparing(Line::at));
        long[] found = new long[1];
        topic.read(filter.since(InstantSource.system()), filter::takes, letter -> {
            found[0]++;
            newest.add(new Line(letter.failedAt(), row(letter, marks)));
            if (newest.size() > limit) {
                newest.remove();
            }
        });
        List<ObjectNode> rows = new ArrayList<>();
        while (!newest.isEmpty()) {
            rows.add(newest.remove().row());
        }
        print(rows, out);
        PrintWriter err = spec.commandLine().getErr();
        if (!format.isJson()) {
            err.println("velo: " + topic.name() + ": " + found[0] + " letters"
                    + (found[0] > rows.size() ? ", of which these are the newest; --limit shows more" : ""));
            err.flush();
        }
        return 0;
    }

    private static ObjectNode row(DeadLetter letter, ReplayMarks marks) {
        ObjectNode row = LetterText.summary(letter);
        marks.of(letter)
                .ifPresent(mark -> row.put("replayed_at", mark.at().toString()).put("replayed_to", mark.to()));
        return row;
    }

    private void print(List<ObjectNode> rows, PrintWriter out) {
        if (format.isJson()) {
            rows.forEach(out::println);
        } else if (!rows.isEmpty()) {
            List<List<String>> lines = new ArrayList<>();
            lines.add(List.of("ID", "TIME", "SOURCE", "QUERY", "REPLAYED", "ERROR"));
            for (ObjectNode row : rows) {
                String source = row.has("topic")
                        ? row.path("topic").asText() + "-" + row.path("partition") + "@" + row.path("offset")
                        : "-";
                lines.add(cells(
                        row.path("id").asText(),
                        row.path("time").asText(),
                        source,
                        row.path("query").asText(),
                        row.has("replayed_at") ? row.path("replayed_at").asText() : "-",
                        row.path("error").asText() + ": " + row.path("message").asText()));
            }
            TextColumns.print(lines, out);
        }
        out.flush();
    }

    private static List<String> cells(String... texts) {
        return Stream.of(texts)
                .map(text -> LetterText.harmless(text).replaceAll("[\n\t]", " "))
                .toList();
    }
}

package io.velostream.cli.dlq;

import io.velostream.cli.OutputFormat;
import io.velostream.engine.guard.DeadLetter;
import io.velostream.engine.guard.DeadLetter.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo dlq show}: one letter whole. */
@Command(
        name = "show",
        description = "Shows one dead letter whole: the record's key, value and headers as they were, and the cause.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  velo dlq show orders 0:17 --bootstrap-servers localhost:9092",
            "  velo dlq show orders 0:17 --bootstrap-servers localhost:9092 --raw value > order.json"
        })
final class DlqShowCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "JOB|TOPIC",
            description = "A job, as JOB or NAMESPACE/JOB, or the name of a dead-letter topic.")
    String wanted = "";

    @Parameters(
            index = "1",
            paramLabel = "ID",
            converter = PlaceConverter.class,
            description = "The letter's id as `velo dlq list` shows it, such as 0:17.")
    Place place = new Place(0, 0);

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Mixin
    OutputFormat format = new OutputFormat();

    @Option(names = "--raw", paramLabel = "key|value", description = "Writes these bytes as they are and nothing else.")
    @Nullable Part raw;

    @Spec
    @Nullable CommandSpec spec;

    /** What {@code --raw} writes. */
    enum Part {
        KEY,
        VALUE
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        LetterTopic topic = LetterTopic.find(wanted, kafka.clients());
        DeadLetter letter = topic.at(place)
                .orElseThrow(() -> new IOException("There is no letter " + place + " in " + topic.name()
                        + "; `velo dlq list` shows those that are there"));
        if (raw != null) {
            return writeRaw(topic, letter, raw);
        }
        if (format.isJson()) {
            out.println(LetterText.whole(letter));
        } else {
            print(letter, out);
        }
        out.flush();
        return 0;
    }

    private static int writeRaw(LetterTopic topic, DeadLetter letter, Part part) throws IOException {
        OriginalRecord original = OriginalRecord.of(letter, topic);
        byte[] bytes = part == Part.KEY ? original.key() : original.value();
        if (bytes == null) {
            throw new IOException(
                    "The " + (part == Part.KEY ? "key" : "value") + " of letter " + letter.place() + " is null");
        }
        System.out.write(bytes);
        System.out.flush();
        return 0;
    }

    private static void print(DeadLetter letter, PrintWriter out) {
        line(out, "letter", letter.place().toString());
        line(out, "failed", letter.failedAt().toString());
        letter.source().ifPresent(source -> {
            line(out, "source", source.toString());
            line(out, "timestamp", Instant.ofEpochMilli(source.timestamp()).toString());
        });
        line(out, "job", letter.job());
        line(out, "query", letter.query() + " (stage " + letter.stage() + ")");
        line(out, "error", letter.code() + ": " + letter.message());
        if (letter.isRow()) {
            line(out, "content", "a row that was made of a record which was not at hand, as JSON");
        }
        if (!letter.omitted().isEmpty()) {
            line(out, "omitted", letter.omitted() + ": too large for a letter; the source has it at its offset");
        }
        for (Header header : letter.headers()) {
            line(out, "header", header.key() + ": " + LetterText.shown(header.value()));
        }
        line(out, "key", LetterText.shown(letter.key()));
        line(out, "value", LetterText.shown(letter.value()));
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("%-10s %s".formatted(name, LetterText.harmless(value)));
    }
}

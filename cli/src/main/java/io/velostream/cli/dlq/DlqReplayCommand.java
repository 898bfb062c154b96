package io.velostream.cli.dlq;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.cli.OutputFormat;
import io.velostream.engine.guard.DeadLetter.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo dlq replay}: letters go back to where they came from. */
@Command(
        name = "replay",
        description = {
            "Sends the records of dead letters to their source topics again, all of them or none.",
            "Key, headers, timestamp and partition are kept, the letter's provenance is left out. What was replayed is",
            "noted in <topic>.replayed, so that a second replay leaves it out."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Every query that reads the source topic reads a replayed record again, those too that could process it the",
            "first time; --to sends it to a topic that only the query in question reads.",
            "",
            "Examples:",
            "  velo dlq replay orders 0:17 0:18 --bootstrap-servers localhost:9092",
            "  velo dlq replay orders 0:17 --bootstrap-servers localhost:9092 --value-file repaired.json",
            "  velo dlq replay orders --query totals --since 1h --bootstrap-servers localhost:9092 --dry-run",
            "  velo dlq replay orders --all --to orders-retry --bootstrap-servers localhost:9092"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:replayed, or replayed before",
            "1:nothing was replayed, since one could not be",
            "2:the command was not understood"
        })
final class DlqReplayCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Parameters(
            index = "0",
            paramLabel = "JOB|TOPIC",
            description = "A job, as JOB or NAMESPACE/JOB, or the name of a dead-letter topic.")
    String wanted = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ID",
            converter = PlaceConverter.class,
            description = "Letters by their ids, such as 0:17; without any, those that the filters take.")
    List<Place> places = new ArrayList<>();

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Mixin
    LetterFilter filter = new LetterFilter();

    @Mixin
    OutputFormat format = new OutputFormat();

    @Option(names = "--all", description = "All letters of the topic.")
    boolean all;

    @Option(
            names = "--to",
            paramLabel = "TOPIC",
            description = "Where the records go instead of their source topics, partitioned by key.")
    @Nullable String to;

    @Option(names = "--again", description = "Replays what was replayed before, too.")
    boolean again;

    @Option(names = "--dry-run", description = "Says what would be replayed and writes nothing.")
    boolean dryRun;

    @Option(
            names = "--value-file",
            paramLabel = "FILE",
            description = "The repaired value of the one letter that is replayed; - is standard input.")
    @Nullable String valueFile;

    @Spec
    @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        check();
        LetterTopic topic = LetterTopic.find(wanted, kafka.clients());
        Replayer.Wish wish = new Replayer.Wish(
                List.copyOf(places),
                filter.since(InstantSource.system()),
                filter::takes,
                Optional.ofNullable(to),
                repaired(),
                again,
                dryRun);
        report(new Replayer(topic, kafka.clients(), InstantSource.system()).replay(wish));
        return 0;
    }

    private void check() {
        if (all == (!places.isEmpty() || !filter.isEmpty())) {
            throw wrong("Say which letters: ids, filters (--query, --error, --since), or --all");
        }
        if (!places.isEmpty() && !filter.isEmpty()) {
            throw wrong("Give either ids or filters");
        }
        if (valueFile != null && places.size() != 1) {
            throw wrong("--value-file repairs one letter: give one id");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private Optional<byte[]> repaired() throws IOException {
        if (valueFile == null) {
            return Optional.empty();
        }
        return Optional.of(valueFile.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(valueFile)));
    }

    private void report(List<Replayer.Outcome> outcomes) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        long sent = 0;
        for (Replayer.Outcome outcome : outcomes) {
            boolean before = outcome.before().isPresent();
            sent += before ? 0 : 1;
            if (format.isJson()) {
                ObjectNode line =
                        JSON.createObjectNode().put("id", outcome.place().toString());
                line.put("status", before ? "replayed_before" : dryRun ? "would_be_replayed" : "replayed");
                line.put("to", outcome.to());
                outcome.offset().ifPresent(offset -> line.put("offset", offset));
                outcome.before().ifPresent(mark -> line.put("at", mark.at().toString()));
                out.println(line);
            } else {
                out.println(outcome.place() + "  " + text(outcome));
            }
        }
        if (!format.isJson()) {
            long earlier = outcomes.size() - sent;
            out.println(sent
                    + (dryRun ? " would be replayed" : " replayed")
                    + (earlier > 0 ? ", " + earlier + " had been replayed before (--again replays them again)" : ""));
        }
        out.flush();
    }

    private String text(Replayer.Outcome outcome) {
        return outcome.before()
                .map(mark -> "was replayed at " + mark.at() + " to " + mark.to())
                .orElseGet(() -> (dryRun ? "would go to " : "went to ")
                        + outcome.to()
                        + outcome.offset().map(offset -> "@" + offset).orElse(""));
    }
}

package io.velostream.bench.memory;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what a key takes on the heap. */
@Command(
        name = "bench/heap",
        mixinStandardHelpOptions = true,
        description = "Fills each kind of keyed state and prints the bytes of heap that a key takes.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no more than --limit bytes beyond key and values", "1:more", "2:wrong arguments"})
public final class HeapCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--keys",
            split = ",",
            paramLabel = "N",
            description = "How many keys; default: 1000000 and 1100000, for which the tables have just doubled.")
    private List<Long> keys = List.of(1_000_000L, 1_100_000L);

    @Option(
            names = "--limit",
            paramLabel = "BYTES",
            description = "What the first of --keys may take beyond key and values; default: ${DEFAULT-VALUE}.")
    private double limit = 200;

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new HeapCommand()).execute(arguments));
    }

    @Override
    public Integer call() {
        if (keys.stream().anyMatch(n -> n < 10_000)) {
            throw new ParameterException(
                    spec.commandLine(), "--keys must be at least 10000: fewer drown in what else is");
        }
        System.out.printf(
                "JDK %s, at most %d MB of heap%n%n",
                Runtime.version(), Runtime.getRuntime().maxMemory() >> 20);
        System.out.printf(
                "%-52s %10s %10s %14s %10s %10s%n",
                "state", "keys", "bytes/key", "key and values", "beyond", "estimated");
        boolean within = true;
        for (StateUse state : StateUse.values()) {
            for (long count : keys) {
                StateUse.Use use = state.measure(count);
                System.out.printf(
                        Locale.ROOT,
                        "%-52s %,10d %10.1f %14.1f %10.1f %10.1f%n",
                        state.title(),
                        use.keys(),
                        use.heap(),
                        use.content(),
                        use.beyond(),
                        use.estimated());
                within &= count != keys.getFirst() || use.beyond() <= limit;
            }
        }
        return within ? 0 : 1;
    }
}

package io.velostream.engine;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.velostream.engine.config.ConfigReader;
import io.velostream.engine.config.ConfigReading;
import io.velostream.engine.config.PodResources;
import io.velostream.engine.log.LogOutput;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The engine's main program. Whatever answers at once ({@code --version}, {@code --config-check}, a bad configuration)
 * does so before anything of the server starts. Exit codes: 0, 1 for a refused configuration, 2 for wrong usage.
 */
@QuarkusMain
@Command(
        name = "velostream",
        description = "Runs one pod of the Velostream streaming SQL engine.",
        versionProvider = Velostream.Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Velostream implements Callable<Integer> {

    private static final int REFUSED = 1;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Runs with this configuration. Default: the file that VELO_CONFIG names.")
    private @Nullable Path config;

    @Option(
            names = "--config-check",
            paramLabel = "FILE",
            description = "Says everything that is wrong with a configuration and ends: exit code 0 or 1.")
    private @Nullable Path configToCheck;

    @Spec
    private @Nullable CommandSpec spec;

    /** Runs until the process is asked to end. */
    public static void main(String[] arguments) {
        Velostream program = new Velostream();
        int exitCode = program.commandLine().execute(arguments);
        if (exitCode != CommandLine.ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    CommandLine commandLine() {
        return new CommandLine(this);
    }

    @Override
    public Integer call() {
        if (configToCheck != null) {
            return check(configToCheck);
        }
        Optional<Path> file = Optional.ofNullable(config)
                .or(() -> Optional.ofNullable(System.getenv("VELO_CONFIG")).map(Path::of));
        if (file.isEmpty()) {
            err().println("No configuration: give --config FILE or set VELO_CONFIG.");
            return CommandLine.ExitCode.USAGE;
        }
        return run(file.get());
    }

    private int check(Path file) {
        return switch (ConfigReader.read(file, PodResources.ofThisProcess())) {
            case ConfigReading.Valid valid -> {
                out().println(valid.document().file() + ": valid");
                yield CommandLine.ExitCode.OK;
            }
            case ConfigReading.Refused refused -> refuse(refused);
        };
    }

    private int run(Path file) {
        return switch (ConfigReader.read(file, PodResources.ofThisProcess())) {
            case ConfigReading.Valid valid -> {
                LogOutput.install(
                        LogOutput.Format.named(Optional.ofNullable(System.getenv("VELO_LOG_FORMAT"))),
                        valid.document().config().logging());
                System.setProperty("velo.config", file.toString());
                Quarkus.run();
                yield CommandLine.ExitCode.OK;
            }
            case ConfigReading.Refused refused -> refuse(refused);
        };
    }

    private int refuse(ConfigReading.Refused refused) {
        List<?> problems = refused.problems();
        problems.forEach(problem -> err().println(problem));
        return REFUSED;
    }

    private PrintWriter out() {
        return commandLineOfThisRun().getOut();
    }

    private PrintWriter err() {
        return commandLineOfThisRun().getErr();
    }

    private CommandLine commandLineOfThisRun() {
        if (spec == null) {
            throw new IllegalStateException("The program runs only through its command line");
        }
        return spec.commandLine();
    }

    /** The bare version, so that scripts can use it as it is. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {EngineVersion.current()};
        }
    }
}

package io.velostream.engine.log;

import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.EngineConfig.LogLevel;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.jboss.logmanager.handlers.ConsoleHandler.Target;

/**
 * Sends what the process logs to standard output, one line an event. Installed before the server starts, so that the
 * first line already has the wanted form.
 */
public final class LogOutput {

    /**
     * Held strongly: the log manager forgets the level of a logger that nobody refers to. The network client repeats the
     * same warning at every attempt while a broker is away; the probe of the pod says it once.
     */
    private static final Logger OURS = logger("io.velostream");

    /** Who changed what is written whatever the level is. */
    private static final Logger AUDIT = logger("io.velostream.audit");

    private static final Logger ROOT = logger("");
    private static final Logger KAFKA = logger("org.apache.kafka");
    private static final List<Logger> REPETITIVE = List.of(
            logger("org.apache.kafka.clients.NetworkClient"),
            logger("org.apache.kafka.clients.admin.internals.AdminMetadataManager"));

    private LogOutput() {}

    /** How a line looks. */
    public enum Format {
        TEXT,
        JSON;

        /** The format by its name in {@code VELO_LOG_FORMAT}; text when it is not given or not known. */
        public static Format named(Optional<String> name) {
            return name.filter(text -> text.strip().toLowerCase(Locale.ROOT).equals("json"))
                    .map(json -> JSON)
                    .orElse(TEXT);
        }
    }

    /** Takes the console over, opens the files if any are wanted, and sets the levels. */
    public static void install(Format format, EngineConfig.Logging logging) {
        ExtFormatter formatter = switch (format) {
            case JSON -> new JsonLines();
            case TEXT -> new TextLines();
        };
        System.setProperty("quarkus.log.console.enabled", "false");
        ConsoleHandler console = new ConsoleHandler(Target.SYSTEM_OUT, formatter);
        console.setLevel(Level.ALL);
        ROOT.addHandler(console);
        ROOT.setLevel(Level.INFO);
        AUDIT.setLevel(Level.INFO);
        level(logging.level());
        logging.file().ifPresent(LogOutput::addFiles);
    }

    /** Without its files a pod runs all the same: standard output has everything. */
    private static void addFiles(EngineConfig.LogFile file) {
        try {
            LogFiles.open(file).forEach(ROOT::addHandler);
        } catch (IOException e) {
            OURS.log(
                    Level.WARNING,
                    "No log files are written, since the directory " + file.directory()
                            + " cannot be used; mount a volume there that the process may write: " + e);
        }
    }

    /** Sets the least severe level that is logged, at any time. */
    public static void level(LogLevel level) {
        boolean verbose = level == LogLevel.DEBUG || level == LogLevel.TRACE;
        OURS.setLevel(julLevel(level));
        KAFKA.setLevel(julLevel(verbose ? LogLevel.INFO : level == LogLevel.ERROR ? LogLevel.ERROR : LogLevel.WARN));
        REPETITIVE.forEach(logger -> logger.setLevel(julLevel(verbose ? LogLevel.WARN : LogLevel.ERROR)));
    }

    private static Level julLevel(LogLevel level) {
        return switch (level) {
            case ERROR -> org.jboss.logmanager.Level.ERROR;
            case WARN -> org.jboss.logmanager.Level.WARN;
            case INFO -> org.jboss.logmanager.Level.INFO;
            case DEBUG -> org.jboss.logmanager.Level.DEBUG;
            case TRACE -> org.jboss.logmanager.Level.TRACE;
        };
    }

    private static Logger logger(String name) {
        return LogContext.getLogContext().getLogger(name);
    }
}

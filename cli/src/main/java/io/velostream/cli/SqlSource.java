package io.velostream.cli;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file of SQL on the command line; {@code -} is standard input. */
record SqlSource(String name, String text) {

    static SqlSource read(String file) throws IOException {
        if ("-".equals(file)) {
            return new SqlSource("<stdin>", new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new IOException("There is no file " + file + ".");
        }
        return new SqlSource(file, Files.readString(path));
    }

    /** Compiles with topics named after sources and sinks where nothing else is said. */
    Compilation compile(Map<String, String> variables) {
        return new SqlCompiler().compile(text, new CompileOptions(variables, Map.of(), true));
    }
}

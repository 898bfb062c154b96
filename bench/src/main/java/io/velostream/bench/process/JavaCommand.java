package io.velostream.bench.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start a JVM.
 *
 * @param javaHome the JDK to run on
 * @param flags flags of the JVM
 * @param firstOnClassPath jars that go before this process's own class path, to replace another version there
 * @param main the main class
 * @param arguments its arguments
 */
public record JavaCommand(
        Path javaHome, List<String> flags, List<Path> firstOnClassPath, Class<?> main, List<String> arguments) {

    List<String> toCommandLine(String ownClassPath) {
        StringBuilder classPath = new StringBuilder();
        firstOnClassPath.forEach(jar -> classPath.append(jar).append(File.pathSeparatorChar));
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(classPath + ownClassPath);
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}

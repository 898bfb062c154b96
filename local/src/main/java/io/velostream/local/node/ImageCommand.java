package io.velostream.local.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What stands for an image on a node without a container runtime: how its programs are started on this machine.
 *
 * <p>Every string may hold placeholders: {@code ${POD_IP}}, {@code ${POD_NAME}}, {@code ${POD_NAMESPACE}}, {@code ${POD_UID}},
 * {@code ${POD_ROOT}} (the directory that stands for the container's file system), {@code ${NODE_NAME}},
 * {@code ${CONTAINER_NAME}}, {@code ${MEMORY_LIMIT}} (bytes; of the container, else of the node) and {@code ${env:NAME}} (a
 * variable of the container's environment, empty when absent).
 *
 * @param entrypoint the image's entry point; used when the container sets no {@code command}
 * @param args the image's default arguments; used when the container sets neither {@code command} nor {@code args}
 * @param programs what stands for a program that a container's {@code command} or an exec probe names, by that name
 * @param environment the image's environment, under the container's own
 */
public record ImageCommand(
        List<String> entrypoint,
        List<String> args,
        Map<String, List<String>> programs,
        Map<String, String> environment) {

    public ImageCommand {
        entrypoint = List.copyOf(entrypoint);
        args = List.copyOf(args);
        programs = Map.copyOf(programs);
        environment = Map.copyOf(environment);
    }

    /** An image with an entry point alone. */
    public static ImageCommand of(List<String> entrypoint) {
        return new ImageCommand(entrypoint, List.of(), Map.of(), Map.of());
    }

    /** The same image with another program that a container may name. */
    public ImageCommand withProgram(String name, List<String> command) {
        var all = new HashMap<>(programs);
        all.put(name, List.copyOf(command));
        return new ImageCommand(entrypoint, args, all, environment);
    }

    /** The same image with one more variable in its environment. */
    public ImageCommand withEnvironment(String name, String value) {
        var all = new HashMap<>(environment);
        all.put(name, value);
        return new ImageCommand(entrypoint, args, programs, all);
    }

    /** The command line before placeholders are filled in, by the rules of Kubernetes for {@code command} and {@code args}. */
    List<String> commandLine(List<String> command, List<String> arguments) {
        if (!command.isEmpty()) {
            return concat(program(command), arguments);
        }
        return concat(entrypoint, arguments.isEmpty() ? args : arguments);
    }

    /** Replaces the program at the head when the table has something for it. */
    List<String> program(List<String> command) {
        List<String> known = programs.get(command.getFirst());
        return known == null ? command : concat(known, command.subList(1, command.size()));
    }

    /** A replacement of words that may find one wrong. */
    interface Words {
        String apply(String word) throws ContainerConfigException;
    }

    /** The same image with every word replaced. */
    ImageCommand map(Words words) throws ContainerConfigException {
        Map<String, List<String>> mappedPrograms = new HashMap<>();
        for (Map.Entry<String, List<String>> program : programs.entrySet()) {
            mappedPrograms.put(program.getKey(), map(program.getValue(), words));
        }
        Map<String, String> mappedEnvironment = new HashMap<>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            mappedEnvironment.put(variable.getKey(), words.apply(variable.getValue()));
        }
        return new ImageCommand(map(entrypoint, words), map(args, words), mappedPrograms, mappedEnvironment);
    }

    private static List<String> map(List<String> list, Words words) throws ContainerConfigException {
        List<String> mapped = new ArrayList<>();
        for (String word : list) {
            mapped.add(words.apply(word));
        }
        return mapped;
    }

    private static List<String> concat(List<String> head, List<String> tail) {
        return Stream.concat(head.stream(), tail.stream()).toList();
    }
}

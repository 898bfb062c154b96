package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.velostream.local.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a container's spec into the command, environment and directory of a process, and starts it. */
final class ContainerLaunch {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_:0-9]+)}");
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Container container;
    private final DownwardFields fields;
    private final ConfigObjects objects;
    private final ImageCommands images;
    private final ContainerRoot root;
    private final Path logs;

    ContainerLaunch(
            Container container,
            DownwardFields fields,
            ConfigObjects objects,
            ImageCommands images,
            ContainerRoot root,
            Path logs) {
        this.container = container;
        this.fields = fields;
        this.objects = objects;
        this.images = images;
        this.root = root;
        this.logs = logs;
    }

    Path log(int run) {
        return logs.resolve(container.getName() + "-" + run + ".log");
    }

    /** Starts the container's own program; its output goes to the log of this run. */
    Process start(int run) throws ContainerConfigException {
        Prepared prepared = prepare();
        List<String> command = prepared.image()
                .commandLine(
                        expand(container.getCommand(), prepared.environment()),
                        expand(container.getArgs(), prepared.environment()));
        if (command.isEmpty()) {
            throw ContainerConfigException.config(
                    "image \"" + container.getImage() + "\" has no entry point and the container names no command");
        }
        return execute(command, prepared.environment(), log(run), "StartError");
    }

    /** Runs a program beside the container's own, as an exec probe or hook does. */
    ProbeCheck.Result exec(List<String> given, Duration timeout) throws InterruptedException {
        try {
            Prepared prepared = prepare();
            Path output = logs.resolve(container.getName() + "-exec.log");
            Process process = execute(prepared.image().program(given), prepared.environment(), output, "ExecError");
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new ProbeCheck.Result(
                        false, "exec of " + given + " timed out after " + timeout.toSeconds() + "s");
            }
            return new ProbeCheck.Result(
                    process.exitValue() == 0, "exec of " + given + ": exit " + process.exitValue());
        } catch (ContainerConfigException e) {
            return new ProbeCheck.Result(false, e.text());
        }
    }

    private record Prepared(ImageCommand image, Map<String, String> environment) {}

    private Prepared prepare() throws ContainerConfigException {
        ImageCommand image = image();
        Map<String, String> own = new LinkedHashMap<>();
        new ContainerEnvironment(fields, objects)
                .of(container)
                .forEach((name, value) -> own.put(name, root.rewrite(value)));
        ImageCommand filled = image.map(word -> fill(word, own));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", DEFAULT_PATH);
        environment.put("HOSTNAME", fields.pod().getMetadata().getName());
        environment.put("HOME", root.path().toString());
        environment.put("TMPDIR", root.path().resolve("tmp").toString());
        environment.putAll(filled.environment());
        environment.putAll(own);
        return new Prepared(filled, environment);
    }

    private Process execute(List<String> command, Map<String, String> environment, Path log, String reason)
            throws ContainerConfigException {
        try {
            Files.createDirectories(logs);
            return ChildProcesses.start(command, environment, workingDirectory(), log);
        } catch (IOException e) {
            throw new ContainerConfigException(
                    reason, "container \"" + container.getName() + "\" cannot be started: " + e.getMessage());
        }
    }

    private ImageCommand image() throws ContainerConfigException {
        String image = container.getImage();
        return images.find(image)
                .orElseThrow(() -> new ContainerConfigException(
                        "ErrImagePull",
                        "image \"" + image + "\" has no command on this node; it knows " + images.names()));
    }

    private List<String> expand(@Nullable List<String> words, Map<String, String> environment) {
        return Optional.ofNullable(words).orElse(List.of()).stream()
                .map(word -> root.rewrite(ContainerEnvironment.expand(word, environment)))
                .toList();
    }

    /** Only what the image's table says holds placeholders: a shell script in a container's {@code args} keeps its own. */
    private String fill(String template, Map<String, String> environment) throws ContainerConfigException {
        Matcher matcher = PLACEHOLDER.matcher(template);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(result, Matcher.quoteReplacement(placeholder(matcher.group(1), environment)));
        }
        return root.rewrite(matcher.appendTail(result).toString());
    }

    private String placeholder(String name, Map<String, String> environment) throws ContainerConfigException {
        if (name.startsWith("env:")) {
            return environment.getOrDefault(name.substring("env:".length()), "");
        }
        PodIdentity pod = PodIdentity.of(fields.pod());
        return switch (name) {
            case "POD_IP" -> fields.podIp();
            case "POD_NAME" -> pod.name();
            case "POD_NAMESPACE" -> pod.namespace();
            case "POD_UID" -> pod.uid();
            case "POD_ROOT" -> root.path().toString();
            case "NODE_NAME" -> fields.node().name();
            case "CONTAINER_NAME" -> container.getName();
            case "MEMORY_LIMIT" ->
                DownwardFields.resource(container, "limits", "memory")
                        .or(() -> fields.node().allocatable("memory"))
                        .map(quantity ->
                                quantity.getNumericalAmount().toBigInteger().toString())
                        .orElse("");
            default ->
                throw ContainerConfigException.config("the command of image \"" + container.getImage()
                        + "\" has the unknown placeholder ${" + name + "}");
        };
    }

    private Path workingDirectory() throws IOException {
        String given = Optional.ofNullable(container.getWorkingDir()).orElse("");
        Path directory = given.isEmpty() ? root.path() : Path.of(root.rewrite(given));
        return Files.isDirectory(directory) ? directory : root.path();
    }
}

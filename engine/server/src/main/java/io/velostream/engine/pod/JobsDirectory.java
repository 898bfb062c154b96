package io.velostream.engine.pod;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobJson;
import io.velostream.engine.job.JobRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes job documents from the mounted ConfigMaps: all of them at the start, later those whose content has changed. A
 * file that only moved with its ConfigMap is left alone, so that a job which was deleted meanwhile does not come back.
 * A file that vanishes stops nothing: the operator says so through the admin API.
 */
@Singleton
public class JobsDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(JobsDirectory.class);
    private static final String SUFFIX = ".json.gz";
    private static final int LARGEST_FILE = 1 << 20;
    private static final int LARGEST_DOCUMENT = 8 << 20;
    private static final int INTERVAL_SECONDS = 2;

    private final JobRegistry jobs;
    private final PodEnvironment environment;
    private final Map<Path, Seen> seen = new HashMap<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("job-files").factory());

    /** A file as it was when its content was last looked at. */
    private record Seen(Path target, FileTime modified, byte[] content) {}

    JobsDirectory(JobRegistry jobs, PodEnvironment environment) {
        this.jobs = jobs;
        this.environment = environment;
    }

    void start(@Observes StartupEvent started) {
        if (environment.jobsDirectory().isPresent()) {
            Path directory = environment.jobsDirectory().get();
            var _ = scheduler.scheduleWithFixedDelay(() -> scan(directory), 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Before the jobs are closed, so that none is started again. */
    void stop(@Observes @Priority(1) ShutdownEvent stopping) {
        scheduler.shutdown();
    }

    void scan(Path directory) {
        try {
            for (Path map : visible(directory)) {
                if (Files.isDirectory(map)) {
                    for (Path file : visible(map)) {
                        if (file.toString().endsWith(SUFFIX)) {
                            look(file);
                        }
                    }
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} is not mounted (yet)", e.getFile());
        } catch (IOException | RuntimeException e) {
            LOG.error("The job documents below {} cannot be read; trying again", directory, e);
        }
    }

    /** Without the {@code ..data} links by which a mount is swapped. */
    private static List<Path> visible(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private void look(Path file) throws IOException {
        Path target = file.toRealPath();
        FileTime modified = Files.getLastModifiedTime(target);
        Seen before = seen.get(file);
        if (before != null
                && before.target().equals(target)
                && before.modified().equals(modified)) {
            return;
        }
        if (Files.size(target) > LARGEST_FILE) {
            LOG.error("{} is larger than 1 MiB and no job document; it is left out", file);
            return;
        }
        byte[] content = Files.readAllBytes(target);
        seen.put(file, new Seen(target, modified, content));
        if (before == null || !Arrays.equals(before.content(), content)) {
            take(file, content);
        }
    }

    private void take(Path file, byte[] content) {
        JobDocument document;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            byte[] json = in.readNBytes(LARGEST_DOCUMENT + 1);
            if (json.length > LARGEST_DOCUMENT) {
                LOG.error("{} holds more than 8 MiB and no job document; it is left out", file);
                return;
            }
            document = JobJson.readDocument(json);
        } catch (IOException e) {
            LOG.error("{} is not a gzipped job document and is left out: {}", file, e.getMessage());
            return;
        }
        switch (jobs.apply(document)) {
            case JobRegistry.Applied.Accepted accepted ->
                LOG.info("Took sequence {} of job {} from {}", document.sequence(), document.name(), file);
            case JobRegistry.Applied.Outdated outdated ->
                LOG.debug(
                        "Sequence {} of job {} in {} is older than {}, which is in force",
                        document.sequence(),
                        document.name(),
                        file,
                        outdated.sequenceInForce());
            case JobRegistry.Applied.Refused refused ->
                LOG.warn(
                        "The SQL of job {} in {} is refused: {}",
                        document.name(),
                        file,
                        refused.status().problems());
        }
    }
}

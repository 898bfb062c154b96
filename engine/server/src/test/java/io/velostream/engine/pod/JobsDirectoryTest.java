package io.velostream.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.admin.JobFiles;
import io.velostream.engine.job.FakeJobRegistry;
import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobJson;
import io.velostream.engine.job.TestDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsDirectoryTest {

    @TempDir
    Path root;

    private final FakeJobRegistry jobs = new FakeJobRegistry();
    private JobsDirectory directory;

    @BeforeEach
    void mount() {
        directory = new JobsDirectory(
                jobs, new PodEnvironment(root, Optional.of(root), Optional.empty(), root, "primary-0"));
    }

    private static JobDocument job(String name, long sequence) {
        return TestDocuments.job(name).sequence(sequence).build();
    }

    /** Swaps a map's content in as the kubelet does: a new directory, a link to it, and links to the files. */
    private void mountMap(String map, String revision, Map<String, byte[]> files) throws IOException {
        Path folder = Files.createDirectories(root.resolve(map));
        Path data = Files.createDirectories(folder.resolve("..rev-" + revision));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(data.resolve(file.getKey()), file.getValue());
        }
        Path next = folder.resolve("..data_tmp");
        Files.createSymbolicLink(next, data.getFileName());
        Files.move(next, folder.resolve("..data"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        for (String name : files.keySet()) {
            if (!Files.isSymbolicLink(folder.resolve(name))) {
                Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
            }
        }
    }

    private static byte[] gzip(JobDocument document) throws IOException {
        return JobFiles.gzip(JobJson.writeDocument(document));
    }

    @Test
    void takesEveryDocumentAtTheStart() throws IOException {
        mountMap("0", "1", Map.of("sales.json.gz", gzip(job("sales", 1)), "audit.json.gz", gzip(job("audit", 1))));
        mountMap("7", "1", Map.of("copy.json.gz", gzip(job("copy", 1))));

        directory.scan(root);

        assertThat(jobs.applied()).containsExactlyInAnyOrder(job("sales", 1), job("audit", 1), job("copy", 1));
    }

    @Test
    void takesAChangedDocumentOnce() throws IOException {
        mountMap("0", "1", Map.of("sales.json.gz", gzip(job("sales", 1))));
        directory.scan(root);

        mountMap("0", "2", Map.of("sales.json.gz", gzip(job("sales", 2))));
        directory.scan(root);
        directory.scan(root);

        assertThat(jobs.applied()).containsExactly(job("sales", 1), job("sales", 2));
    }

    @Test
    void leavesADeletedJobDeletedWhenOnlyItsMapWasSwapped() throws IOException {
        mountMap("0", "1", Map.of("sales.json.gz", gzip(job("sales", 1)), "audit.json.gz", gzip(job("audit", 1))));
        directory.scan(root);
        jobs.remove("sales").join();

        mountMap("0", "2", Map.of("sales.json.gz", gzip(job("sales", 1)), "audit.json.gz", gzip(job("audit", 2))));
        directory.scan(root);

        assertThat(jobs.statuses())
                .singleElement()
                .satisfies(status -> assertThat(status.name()).isEqualTo("audit"));
    }

    @Test
    void leavesOutWhatIsNoDocumentAndTakesTheRest() throws IOException {
        mountMap(
                "0",
                "1",
                Map.of(
                        "a.json.gz", new byte[] {1, 2, 3},
                        "b.json.gz", JobFiles.gzip("{\"name\":".getBytes()),
                        "c.json.gz", JobFiles.gzip(new byte[9 << 20]),
                        "d.json", JobJson.writeDocument(job("plain", 1)),
                        "e.json.gz", gzip(job("sales", 1))));

        directory.scan(root);

        assertThat(jobs.applied()).containsExactly(job("sales", 1));
    }

    @Test
    void waitsForMapsThatAreNotMountedYet() throws IOException {
        directory.scan(root.resolve("missing"));
        mountMap("3", "1", Map.of("sales.json.gz", gzip(job("sales", 1))));

        directory.scan(root);

        assertThat(jobs.applied()).containsExactly(job("sales", 1));
    }
}

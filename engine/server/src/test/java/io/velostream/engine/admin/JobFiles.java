package io.velostream.engine.admin;

import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/** Writes job documents as the operator's ConfigMaps hold them. */
public final class JobFiles {

    private JobFiles() {}

    /** Puts a document into a mounted map, at once. */
    public static void write(Path map, JobDocument document) throws IOException {
        Files.createDirectories(map);
        Path temporary = map.resolve("." + document.name());
        Files.write(temporary, gzip(JobJson.writeDocument(document)));
        Files.move(temporary, map.resolve(document.name() + ".json.gz"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Compresses. */
    public static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}

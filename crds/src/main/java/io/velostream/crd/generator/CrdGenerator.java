package io.velostream.crd.generator;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes one YAML file for each custom resource and compares it with the one that is checked in.
 *
 * <p>The build calls it at {@code process-classes}; {@code ./mvnw process-classes -pl crds -Dcrds.update} replaces the
 * checked-in files.
 */
public final class CrdGenerator {

    /** A CRD file that is larger does not fit into the annotation that client-side {@code kubectl apply} keeps. */
    static final long MAX_FILE_BYTES = 200 * 1024;

    private CrdGenerator() {}

    /**
     * @param args the folder to generate into, {@code true} to replace the checked-in files instead of comparing with them,
     *     and the folders of the checked-in files
     * @throws IllegalStateException where a checked-in file is stale or a generated one is too large
     */
    public static void main(String[] args) throws IOException {
        Path generated = Files.createDirectories(Path.of(args[0]));
        boolean update = Boolean.parseBoolean(args[1]);
        List<Path> checkedIn = Stream.of(args).skip(2).map(Path::of).toList();

        List<String> stale = new ArrayList<>();
        for (Path file : generate(generated)) {
            long bytes = Files.size(file);
            if (bytes > MAX_FILE_BYTES) {
                throw new IllegalStateException(
                        "%s has %d bytes; at most %d go through kubectl apply: shorten descriptions or bound the schema"
                                .formatted(file.getFileName(), bytes, MAX_FILE_BYTES));
            }
            String text = Files.readString(file);
            for (Path folder : checkedIn) {
                Path target = folder.resolve(file.getFileName());
                if (update) {
                    Files.writeString(target, text);
                } else if (!Files.exists(target) || !Files.readString(target).equals(text)) {
                    stale.add(target.toString());
                }
            }
        }
        if (!stale.isEmpty()) {
            throw new IllegalStateException("The Java model and the checked-in CRDs differ (" + String.join(", ", stale)
                    + "): run ./mvnw process-classes -pl crds -Dcrds.update and commit the files.");
        }
    }

    /** Generates every CRD into {@code folder} and returns the files. */
    static List<Path> generate(Path folder) {
        return new CRDGenerator()
                        .customResourceClasses(VeloCluster.class, VeloStreamJob.class)
                        .forCRDVersions("v1")
                        .withMinQuotes(true)
                        .withPostProcessor(new CrdPostProcessor())
                        .inOutputDir(folder.toFile())
                        .detailedGenerate()
                        .getCRDDetailsPerNameAndVersion()
                        .values()
                        .stream()
                        .flatMap(versions -> versions.values().stream())
                        .map(crd -> Path.of(crd.getFilePath()))
                        .sorted()
                        .toList();
    }
}

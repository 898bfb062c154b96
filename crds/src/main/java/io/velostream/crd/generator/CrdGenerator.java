package io.velostream.crd.generator;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes one YAML file for each custom resource and a reference page, and compares them with what is checked in.
 *
 * <p>The build calls it at {@code process-classes}; {@code ./mvnw process-classes -pl crds -Dcrds.update} replaces the
 * checked-in files.
 */
public final class CrdGenerator {

    /** A CRD file that is larger does not fit into the annotation that client-side {@code kubectl apply} keeps. */
    static final long MAX_FILE_BYTES = 200 * 1024;

    private CrdGenerator() {}

    /**
     * @param args the folder to generate into, the project's root, and {@code true} to replace the checked-in files instead of
     *     comparing with them
     * @throws IllegalStateException where a checked-in file is stale or a generated one is too large
     */
    public static void main(String[] args) throws IOException {
        Path generated = Files.createDirectories(Path.of(args[0]));
        Map<Path, String> wanted = checkedInFiles(Path.of(args[1]), generate(generated));
        boolean update = Boolean.parseBoolean(args[2]);

        List<String> stale = new ArrayList<>();
        for (Map.Entry<Path, String> file : wanted.entrySet()) {
            if (update) {
                Files.createDirectories(file.getKey().getParent());
                Files.writeString(file.getKey(), file.getValue());
            } else if (!Files.exists(file.getKey())
                    || !Files.readString(file.getKey()).equals(file.getValue())) {
                stale.add(file.getKey().normalize().toString());
            }
        }
        if (!stale.isEmpty()) {
            throw new IllegalStateException("These files differ from what the Java model of the resources gives: "
                    + String.join(", ", stale)
                    + ". Run ./mvnw process-classes -pl crds -Dcrds.update and commit them.");
        }
    }

    private static Map<Path, String> checkedInFiles(Path root, List<Path> generated) throws IOException {
        Map<Path, String> files = new TreeMap<>();
        List<CustomResourceDefinition> crds = new ArrayList<>();
        for (Path file : generated) {
            String yaml = Files.readString(file);
            if (yaml.getBytes(StandardCharsets.UTF_8).length > MAX_FILE_BYTES) {
                throw new IllegalStateException(
                        "%s is larger than the %d bytes that go through kubectl apply: shorten descriptions"
                                .formatted(file.getFileName(), MAX_FILE_BYTES));
            }
            files.put(root.resolve("crds").resolve(file.getFileName()), yaml);
            files.put(root.resolve("helm/velostream/crds").resolve(file.getFileName()), yaml);
            crds.add(Serialization.unmarshal(yaml, CustomResourceDefinition.class));
        }
        files.put(root.resolve("docs/reference/resources.md"), ReferencePage.of(crds));
        return files;
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

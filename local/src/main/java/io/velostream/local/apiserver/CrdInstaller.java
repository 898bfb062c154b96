package io.velostream.local.apiserver;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Applies CustomResourceDefinitions from files and waits until the API serves them. */
final class CrdInstaller {
    private static final int SERVED_WITHIN_SECONDS = 30;

    private CrdInstaller() {}

    static void install(KubernetesClient client, Path... filesOrDirectories) {
        List<CustomResourceDefinition> applied = new ArrayList<>();
        for (Path given : filesOrDirectories) {
            List<CustomResourceDefinition> found = yamlFiles(given).stream()
                    .flatMap(file -> load(client, file))
                    .toList();
            if (found.isEmpty()) {
                throw new LocalApiServerException("There is no CustomResourceDefinition in " + given);
            }
            for (CustomResourceDefinition crd : found) {
                applied.add(apply(client, crd, given));
            }
        }
        applied.forEach(crd -> waitUntilServed(client, crd));
    }

    private static CustomResourceDefinition apply(KubernetesClient client, CustomResourceDefinition crd, Path file) {
        try {
            return client.resource(crd).forceConflicts().serverSideApply();
        } catch (KubernetesClientException e) {
            throw new LocalApiServerException(
                    "The API server refuses " + crd.getMetadata().getName() + " of " + file + ": " + e.getMessage(), e);
        }
    }

    private static void waitUntilServed(KubernetesClient client, CustomResourceDefinition crd) {
        client.resource(crd)
                .waitUntilCondition(
                        now -> now != null
                                && now.getStatus() != null
                                && now.getStatus().getConditions() != null
                                && now.getStatus().getConditions().stream()
                                        .anyMatch(c -> c.getType().equals("Established")
                                                && c.getStatus().equals("True")),
                        SERVED_WITHIN_SECONDS,
                        TimeUnit.SECONDS);
    }

    private static Stream<CustomResourceDefinition> load(KubernetesClient client, Path file) {
        try {
            return client.load(new ByteArrayInputStream(Files.readAllBytes(file))).items().stream()
                    .filter(CustomResourceDefinition.class::isInstance)
                    .map(CustomResourceDefinition.class::cast);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static List<Path> yamlFiles(Path given) {
        if (!Files.isDirectory(given)) {
            return List.of(given);
        }
        try (Stream<Path> children = Files.list(given)) {
            return children.filter(child -> child.toString().endsWith(".yml")
                            || child.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + given, e);
        }
    }
}

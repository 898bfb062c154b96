package io.velostream.local.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A custom resource for tests. */
public final class Crds {
    private Crds() {}

    /** Writes the definition of {@code Widget}: status and scale subresources, defaults, bounds, a keyed list. */
    public static Path widget(Path directory) {
        try {
            return Files.writeString(directory.resolve("widgets.yml"), """
                    apiVersion: apiextensions.k8s.io/v1
                    kind: CustomResourceDefinition
                    metadata:
                      name: widgets.example.com
                    spec:
                      group: example.com
                      scope: Namespaced
                      names: { kind: Widget, plural: widgets, singular: widget, shortNames: [wd], listKind: WidgetList }
                      versions:
                      - name: v1
                        served: true
                        storage: true
                        subresources:
                          status: {}
                          scale:
                            specReplicasPath: .spec.replicas
                            statusReplicasPath: .status.replicas
                            labelSelectorPath: .status.selector
                        additionalPrinterColumns:
                        - { name: Colour, type: string, jsonPath: .spec.colour }
                        - { name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status' }
                        schema:
                          openAPIV3Schema:
                            type: object
                            required: [spec]
                            properties:
                              spec:
                                type: object
                                properties:
                                  replicas: { type: integer, minimum: 0, default: 1 }
                                  colour: { type: string, enum: [red, green, blue], default: red }
                                  name: { type: string, maxLength: 5, pattern: '^[a-z]*$' }
                                  labels: { type: object, additionalProperties: { type: string } }
                                  parts:
                                    type: array
                                    x-kubernetes-list-type: map
                                    x-kubernetes-list-map-keys: [id]
                                    items:
                                      type: object
                                      required: [id]
                                      properties:
                                        id: { type: string }
                                        size: { type: integer }
                                        weight: { type: integer }
                              status:
                                type: object
                                properties:
                                  replicas: { type: integer }
                                  selector: { type: string }
                                  conditions:
                                    type: array
                                    x-kubernetes-list-type: map
                                    x-kubernetes-list-map-keys: [type]
                                    items:
                                      type: object
                                      required: [type, status]
                                      properties:
                                        type: { type: string }
                                        status: { type: string }
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

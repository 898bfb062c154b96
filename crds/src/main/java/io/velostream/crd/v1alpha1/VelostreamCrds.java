package io.velostream.crd.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** The CRDs of this version, for tests and tools; on a cluster the chart installs them. */
public final class VelostreamCrds {

    private VelostreamCrds() {}

    /** Both CRDs. */
    public static List<CustomResourceDefinition> load() {
        KubernetesSerialization yaml = new KubernetesSerialization();
        return Stream.of("veloclusters", "velostreamjobs")
                .map(plural -> read(yaml, "/META-INF/fabric8/" + plural + "." + VelostreamApi.GROUP + "-v1.yml"))
                .toList();
    }

    private static CustomResourceDefinition read(KubernetesSerialization yaml, String resource) {
        try (InputStream in = VelostreamCrds.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar of the custom resources holds no " + resource);
            }
            return yaml.unmarshal(in, CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}

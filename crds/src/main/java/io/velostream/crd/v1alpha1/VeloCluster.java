package io.velostream.crd.v1alpha1;

import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A set of engine pods that jobs run in. */
@Group(VelostreamApi.GROUP)
@Version(VelostreamApi.VERSION)
@Kind("VeloCluster")
@Plural("veloclusters")
@Singular("velocluster")
@ShortNames("vc")
@Categories("velostream")
@ValidationRule(value = VelostreamApi.NAME_RULE, message = VelostreamApi.NAME_MESSAGE)
public class VeloCluster extends CustomResource<VeloClusterSpec, VeloClusterStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    /** A cluster with this name and spec; labels, annotations and the like are added to its metadata. */
    public static VeloCluster of(String namespace, String name, VeloClusterSpec spec) {
        VeloCluster cluster = new VeloCluster();
        cluster.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        cluster.setSpec(spec);
        return cluster;
    }
}

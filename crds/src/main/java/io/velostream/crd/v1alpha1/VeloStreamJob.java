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

/** A job: a script of streaming SQL that runs in the pods of a VeloCluster. */
@Group(VelostreamApi.GROUP)
@Version(VelostreamApi.VERSION)
@Kind("VeloStreamJob")
@Plural("velostreamjobs")
@Singular("velostreamjob")
@ShortNames("vsj")
@Categories("velostream")
@ValidationRule(value = VelostreamApi.NAME_RULE, message = VelostreamApi.NAME_MESSAGE)
public class VeloStreamJob extends CustomResource<VeloStreamJobSpec, VeloStreamJobStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    /** A job with this name and spec; labels, annotations and the like are added to its metadata. */
    public static VeloStreamJob of(String namespace, String name, VeloStreamJobSpec spec) {
        VeloStreamJob job = new VeloStreamJob();
        job.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        job.setSpec(spec);
        return job;
    }
}

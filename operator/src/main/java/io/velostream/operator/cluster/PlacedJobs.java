package io.velostream.operator.cluster;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.velostream.crd.v1alpha1.ClusterRef;
import io.velostream.crd.v1alpha1.VeloStreamJob;

/** Which cluster a job runs on. */
public final class PlacedJobs {

    private PlacedJobs() {}

    /** Name of the job's cluster: the one it refers to, else its own, which has its name. */
    public static String clusterName(VeloStreamJob job) {
        ClusterRef reference = job.getSpec().clusterRef();
        return reference == null ? job.getMetadata().getName() : reference.name();
    }

    /** The job's cluster, always in the job's namespace. */
    public static ResourceID cluster(VeloStreamJob job) {
        return new ResourceID(clusterName(job), job.getMetadata().getNamespace());
    }
}

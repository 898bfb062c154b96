package io.velostream.operator.job;

import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.operator.status.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether a job may run where it wants to: the older one goes first. Pure functions. */
final class JobAdmission {

    private static final Comparator<VeloStreamJob> BY_AGE = Comparator.comparing(
                    (VeloStreamJob job) -> String.valueOf(job.getMetadata().getCreationTimestamp()))
            .thenComparing(job ->
                    job.getMetadata().getNamespace() + "/" + job.getMetadata().getName());

    private JobAdmission() {}

    /** Why a job may not run. */
    record Refusal(Reason reason, String message) {}

    /** @param onCluster all jobs on the cluster, this one among them */
    static Optional<Refusal> capacity(VeloStreamJob job, VeloCluster cluster, List<VeloStreamJob> onCluster) {
        int most = cluster.getSpec().jobs().max();
        long older = onCluster.stream()
                .filter(other -> BY_AGE.compare(other, job) < 0)
                .count();
        return older < most
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Reason.NO_CAPACITY,
                        "cluster " + cluster.getMetadata().getName() + " takes " + most
                                + " jobs and has as many older ones: "
                                + "raise spec.jobs.max of the cluster, or give the job a cluster of its own"));
    }

    /** @param all every job that the operator knows, this one among them */
    static Optional<Refusal> group(VeloStreamJob job, String applicationId, List<VeloStreamJob> all) {
        return all.stream()
                .filter(other ->
                        !other.getMetadata().getUid().equals(job.getMetadata().getUid()))
                .filter(other -> applicationId.equals(idOf(other)) && BY_AGE.compare(other, job) < 0)
                .findFirst()
                .map(other -> new Refusal(
                        Reason.GROUP_CONFLICT,
                        "job " + other.getMetadata().getNamespace() + "/"
                                + other.getMetadata().getName()
                                + " has the applicationId " + applicationId
                                + ": two jobs under one id would take each other's records; give this one another id"));
    }

    private static String idOf(VeloStreamJob job) {
        String asked = job.getSpec().applicationId();
        if (asked != null) {
            return asked;
        }
        return job.getStatus() == null || job.getStatus().applicationId() == null
                ? ""
                : job.getStatus().applicationId();
    }
}

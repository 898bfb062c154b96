package io.velostream.operator.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.velostream.crd.v1alpha1.ConfigMapKeyRef;
import io.velostream.crd.v1alpha1.SqlSource;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import java.util.Optional;

/** A job's SQL: from its spec, or from the ConfigMap that the spec names. */
final class JobSql {

    private JobSql() {}

    /** The text, or what is missing. */
    sealed interface Found {
        /** The text. */
        record Text(String sql) implements Found {}

        /** Why there is none, and what to do. */
        record Missing(String message) implements Found {}
    }

    static Found find(VeloStreamJob job, SqlMaps maps) {
        String inline = job.getSpec().sql();
        SqlSource source = job.getSpec().sqlFrom();
        if (inline != null) {
            return new Found.Text(inline);
        }
        if (source == null) {
            return new Found.Missing("spec has neither sql nor sqlFrom: give one of them");
        }
        ConfigMapKeyRef reference = source.configMapKeyRef();
        Optional<ConfigMap> map =
                maps.find(new ResourceID(reference.name(), job.getMetadata().getNamespace()));
        if (map.isEmpty()) {
            return new Found.Missing("the ConfigMap " + reference.name()
                    + " of spec.sqlFrom does not exist in this namespace: create it; the job goes on by itself then");
        }
        String text = map.map(ConfigMap::getData)
                .map(data -> data.get(reference.key()))
                .orElse(null);
        return text == null
                ? new Found.Missing("the ConfigMap " + reference.name() + " has no key " + reference.key()
                        + ": add it, or correct spec.sqlFrom")
                : new Found.Text(text);
    }
}

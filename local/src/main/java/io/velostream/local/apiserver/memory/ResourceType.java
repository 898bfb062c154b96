package io.velostream.local.apiserver.memory;

import java.util.List;
import java.util.Optional;

/**
 * One kind of object that the API serves.
 *
 * @param group empty for the core group
 * @param version the version of this entry; objects of all versions of a kind are one set
 * @param statusSubresource whether {@code status} is written through {@code /status} only
 * @param scale where {@code /scale} finds its numbers, when the kind can be scaled
 * @param schema what a custom resource's definition says of its content
 */
record ResourceType(
        String group,
        String version,
        String plural,
        String singular,
        String kind,
        boolean namespaced,
        boolean statusSubresource,
        Optional<ScalePaths> scale,
        Schema schema,
        List<String> shortNames,
        List<String> categories) {

    /** Dotted paths into the object, such as {@code spec.replicas}. */
    record ScalePaths(String spec, String status, Optional<String> selector) {}

    /** The {@code apiVersion} of its objects. */
    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@code pods}, or {@code statefulsets.apps}, as in messages. */
    String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** Identifies the set of objects, whatever the version. */
    String storageKey() {
        return group + "/" + plural;
    }
}

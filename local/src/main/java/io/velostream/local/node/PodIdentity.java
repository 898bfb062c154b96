package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.Pod;

/** What names one life of a pod: a pod of the same name that is created again is another one. */
record PodIdentity(String namespace, String name, String uid) {
    static PodIdentity of(Pod pod) {
        return new PodIdentity(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid());
    }

    /** A directory name: readable, and unique on the node. */
    String directoryName() {
        return namespace + "_" + name + "_" + uid.substring(0, Math.min(8, uid.length()));
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
